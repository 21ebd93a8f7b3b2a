import { createRoot } from "react-dom/client";

import { Lesson } from "./Lesson";

const root = document.querySelector("#root");
if (root) createRoot(root).render(<Lesson />);
