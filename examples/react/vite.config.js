import react from "@vitejs/plugin-react";

// Nothing here is for the element: Vite finds its files by itself.
export default { plugins: [react()] };
