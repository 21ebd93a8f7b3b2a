// What an element loads when it is first needed: the panels' program, their words and their look.

import { LATER } from "./webrtc-steps-files.js";
import { compiled, once, sheetsOf, wordsOf } from "./webrtc-steps-load.js";
import { trust } from "./webrtc-steps-trust.js";

/** Loads everything once for a language, side by side; after a failure the next call tries again. */
export async function loadPanels(language) {
  const [{ open, open_between: openBetween }, sheets, words] = await Promise.all([once("panels", loadProgram), sheetsOf(LATER.sheets), wordsOf(LATER.words[language])]);
  return { open, openBetween, sheets, words };
}

/** The look of the workbench. */
export const workbenchSheets = () => sheetsOf(LATER.workbench);

async function loadProgram() {
  const [glue, program] = await Promise.all([import("./wasm/webrtc-steps-panels.js"), compiled(LATER.program)]);
  await glue.default({ module_or_path: program });
  trust(glue.trustPanels);
  return glue;
}
