// What an element loads when it is first needed: the panels' program, their words and their look.

import { fetched, here, once, sheetOf } from "./webrtc-steps-load.js";

/** The catalogues of the panels, by topic: each is a file of words/LANGUAGE/. */
const TOPICS = ["panels", "diagnosis", "refusals", "diagram", "descriptions", "candidates", "code", "faults", "exercises", "record"];

/** The style sheets of the panels, below panels/. */
const SHEETS = [
  "panels",
  "diagnosis",
  "diagram",
  "states",
  "candidates",
  "descriptions",
  "code",
  "exercises",
  "faults",
  "record",
];

/** Loads everything once for a language, side by side; after a failure the next call tries again. */
export async function loadPanels(language) {
  const [{ open, open_between: openBetween }, sheets, words] = await Promise.all([
    once("panels", loadProgram),
    Promise.all(SHEETS.map((name) => once(`panels ${name}`, () => sheetOf(`panels/${name}.css`)))),
    once(`panels' words ${language}`, () => loadWords(language)),
  ]);
  return { open, openBetween, sheets, words };
}

async function loadProgram() {
  const [glue, wasm] = await Promise.all([
    import(here("wasm/webrtc-steps-panels.js").href),
    fetched("wasm/webrtc-steps-panels_bg.wasm"),
  ]);
  await glue.default({ module_or_path: wasm });
  return glue;
}

async function loadWords(language) {
  const topics = TOPICS.map((topic) => fetched(`words/${language}/${topic}.json`).then((answer) => answer.json()));
  return Object.assign({}, ...(await Promise.all(topics)));
}
