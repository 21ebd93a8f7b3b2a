// What an element loads when it is first needed: the panels' program, their words and their look.

import { compiled, jsonOf, once, sheetOf } from "./webrtc-steps-load.js";

const PROGRAM = new URL("./wasm/webrtc-steps-panels_bg.wasm", import.meta.url);

/** The catalogues of the panels, by language, a file for each topic. */
const WORDS = {
  en: [
    new URL("./words/en/panels.json", import.meta.url),
    new URL("./words/en/diagnosis.json", import.meta.url),
    new URL("./words/en/refusals.json", import.meta.url),
    new URL("./words/en/diagram.json", import.meta.url),
    new URL("./words/en/descriptions.json", import.meta.url),
    new URL("./words/en/candidates.json", import.meta.url),
    new URL("./words/en/code.json", import.meta.url),
    new URL("./words/en/faults.json", import.meta.url),
    new URL("./words/en/exercises.json", import.meta.url),
    new URL("./words/en/record.json", import.meta.url),
  ],
};

const SHEETS = [
  new URL("./panels/panels.css", import.meta.url),
  new URL("./panels/diagnosis.css", import.meta.url),
  new URL("./panels/diagram.css", import.meta.url),
  new URL("./panels/states.css", import.meta.url),
  new URL("./panels/candidates.css", import.meta.url),
  new URL("./panels/descriptions.css", import.meta.url),
  new URL("./panels/code.css", import.meta.url),
  new URL("./panels/exercises.css", import.meta.url),
  new URL("./panels/faults.css", import.meta.url),
  new URL("./panels/record.css", import.meta.url),
];
import { LATER } from "./webrtc-steps-files.js";
import { compiled, once, sheetsOf, wordsOf } from "./webrtc-steps-load.js";
import { trust } from "./webrtc-steps-trust.js";

const WORKBENCH = new URL("./webrtc-steps-workbench.css", import.meta.url);

/** Loads everything once for a language, side by side; after a failure the next call tries again. */
export async function loadPanels(language) {
  const [open, sheets, words] = await Promise.all([
    once("panels", loadProgram),
    Promise.all(SHEETS.map((file) => once(file.href, () => sheetOf(file)))),
    once(`panels' words ${language}`, async () => Object.assign({}, ...(await Promise.all(WORDS[language].map(jsonOf))))),
  ]);
  const [open, sheets, words] = await Promise.all([once("panels", loadProgram), sheetsOf(LATER.sheets), wordsOf(LATER.words[language])]);
  return { open, sheets, words };
}

/** The look of the workbench. */
export const workbenchSheet = () => once("workbench", () => sheetOf(WORKBENCH));

async function loadProgram() {
  const [glue, program] = await Promise.all([import("./wasm/webrtc-steps-panels.js"), compiled(PROGRAM)]);
export const workbenchSheets = () => sheetsOf(LATER.workbench);

async function loadProgram() {
  const [glue, program] = await Promise.all([import("./wasm/webrtc-steps-panels.js"), compiled(LATER.program)]);
  await glue.default({ module_or_path: program });
  trust(glue);
  return glue.open;
}
