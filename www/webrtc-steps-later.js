// What an element loads when it is first needed: the panels' program, their words and their look.

import { fetched, once, sheets, words } from "./webrtc-steps-load.js";

/** Loads everything once for a language, side by side; after a failure the next call tries again. */
export async function loadPanels(language) {
  const [open, look, said] = await Promise.all([once("panels", loadProgram), sheets("panels"), words(language, "panels")]);
  return { open, sheets: look, words: said };
}

async function loadProgram() {
  const [glue, wasm] = await Promise.all([import("./wasm/webrtc-steps-panels.js"), fetched("wasm/webrtc-steps-panels_bg.wasm")]);
  await glue.default({ module_or_path: wasm });
  return glue.open;
}
