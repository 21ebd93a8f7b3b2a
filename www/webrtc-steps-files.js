// What lies beside this module. In the package another module stands in its place: fewer files, each with its hash (`cargo xtask dist`).

/** The style sheets, by when they are needed. */
const SHEETS = {
  first: ["webrtc-steps.css", "webrtc-steps-run.css"],
  workbench: ["webrtc-steps-workbench.css"],
  panels: [
    "panels/panels.css",
    "panels/diagnosis.css",
    "panels/diagram.css",
    "panels/states.css",
    "panels/candidates.css",
    "panels/descriptions.css",
    "panels/code.css",
    "panels/exercises.css",
    "panels/faults.css",
    "panels/record.css",
  ],
};

/** The catalogues of the panels, by topic: each is a file of words/LANGUAGE/. */
const TOPICS = ["panels", "diagnosis", "refusals", "diagram", "descriptions", "candidates", "code", "faults", "exercises", "record"];

/** Which style sheets are needed when (`first`, `workbench`, `panels`). */
export const sheetsOf = (time) => SHEETS[time];

/** Which catalogues hold the words of a language, `first` or for the `panels`. */
export const catalogues = (language, time) =>
  time === "first" ? [`words/${language}.json`] : TOPICS.map((topic) => `words/${language}/${topic}.json`);

/** Where a file is, and its hash if that is known (Subresource Integrity). */
export const fileOf = (path) => ({ url: new URL(path, import.meta.url).href, integrity: "" });

/** The dialects to choose from, each with `name` and `title`. */
export const dialects = async (fetched) => (await fetched("dialects/index.json")).json();

/** A dialect document as text, by its name. */
export const dialect = async (fetched, name) => (await fetched(`dialects/${name}.json`)).text();
