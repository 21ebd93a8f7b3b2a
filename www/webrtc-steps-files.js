// What lies beside this module. In the package another module stands in its place: fewer files, each with its hash (`cargo xtask dist`).
//
// Each file is named by a literal: the build puts the hash of its content behind it, and a bundler finds it.

/** What is loaded before the element can be used. */
export const FIRST = {
  program: new URL("./wasm/webrtc-steps_bg.wasm", import.meta.url),
  sheets: [new URL("./webrtc-steps.css", import.meta.url), new URL("./webrtc-steps-run.css", import.meta.url)],
  /** The catalogues of words, by language; the first language stands in for any other. */
  words: {
    en: [new URL("./words/en.json", import.meta.url)],
    de: [new URL("./words/de.json", import.meta.url)],
  },
};

/** What is loaded when it is needed: the panels and the look of the workbench. */
export const LATER = {
  program: new URL("./wasm/webrtc-steps-panels_bg.wasm", import.meta.url),
  sheets: [
    new URL("./panels/panels.css", import.meta.url),
    new URL("./panels/diagnosis.css", import.meta.url),
    new URL("./panels/diagram.css", import.meta.url),
    new URL("./panels/between.css", import.meta.url),
    new URL("./panels/states.css", import.meta.url),
    new URL("./panels/candidates.css", import.meta.url),
    new URL("./panels/descriptions.css", import.meta.url),
    new URL("./panels/code.css", import.meta.url),
    new URL("./panels/exercises.css", import.meta.url),
    new URL("./panels/faults.css", import.meta.url),
    new URL("./panels/record.css", import.meta.url),
    new URL("./panels/scan.css", import.meta.url),
  ],
  workbench: [new URL("./webrtc-steps-workbench.css", import.meta.url)],
  /** The catalogues of the panels, by language, a file for each topic. */
  words: {
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
      new URL("./words/en/scan.json", import.meta.url),
    ],
    de: [
      new URL("./words/de/panels.json", import.meta.url),
      new URL("./words/de/diagnosis.json", import.meta.url),
      new URL("./words/de/refusals.json", import.meta.url),
      new URL("./words/de/diagram.json", import.meta.url),
      new URL("./words/de/descriptions.json", import.meta.url),
      new URL("./words/de/candidates.json", import.meta.url),
      new URL("./words/de/code.json", import.meta.url),
      new URL("./words/de/faults.json", import.meta.url),
      new URL("./words/de/exercises.json", import.meta.url),
      new URL("./words/de/record.json", import.meta.url),
      new URL("./words/de/scan.json", import.meta.url),
    ],
  },
};

/** What a pair adds: its look, that of a side, and its words. */
export const PAIR = {
  sheets: [new URL("./webrtc-steps-pair.css", import.meta.url)],
  side: [new URL("./webrtc-steps-side.css", import.meta.url)],
  words: {
    en: [new URL("./words/en/pair.json", import.meta.url)],
    de: [new URL("./words/de/pair.json", import.meta.url)],
  },
};

/** The dialects to choose from. */
export const DIALECTS = new URL("./dialects/index.json", import.meta.url);

/** The hashes of files by their address (Subresource Integrity), where they are known. */
export const HASHES = {};
