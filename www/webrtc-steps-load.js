// Everything an element loads before it can be used, once for all elements of a page and a language.

import { trust } from "./webrtc-steps-trust.js";

/** The languages there is a catalogue of words for, below words/; the first stands in for any other. */
export const LANGUAGES = ["en"];

/** Where a file of this folder is. */
export const here = (path) => new URL(path, import.meta.url);

export async function fetched(path) {
  const answer = await fetch(here(path), { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  return answer;
}

export async function sheetOf(path) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await (await fetched(path)).text());
  return sheet;
}

/** What is on its way or there already, by name. What failed is forgotten, so that the next call tries again. */
const kept = new Map();

export function once(name, load) {
  if (!kept.has(name)) {
    kept.set(name, load().catch((fault) => {
      kept.delete(name);
      throw fault;
    }));
  }
  return kept.get(name);
}

/** The program, its words in this language, the list of dialects and the style sheets, loaded side by side. */
export async function load(language) {
  const [glue, words, dialects, ...sheets] = await Promise.all([
    once("program", loadProgram),
    once(`words ${language}`, () => fetched(`words/${language}.json`).then((answer) => answer.json())),
    // Without the list the page still speaks to its own relay, and takes a document's path.
    once("dialects", () => fetched("dialects/index.json").then((answer) => answer.json())).catch(() => []),
    ...["webrtc-steps.css", "webrtc-steps-run.css"].map((path) => once(path, () => sheetOf(path))),
  ]);
  return { glue, words, dialects, sheets };
}

async function loadProgram() {
  const [glue, wasm] = await Promise.all([
    import(here("wasm/webrtc-steps.js").href),
    fetched("wasm/webrtc-steps_bg.wasm"),
  ]);
  await glue.default({ module_or_path: wasm });
  trust(glue);
  return glue;
}

/** The language of an element: its own `lang`, or the nearest around it; one without a catalogue gives the first. */
export function languageOf(element) {
  const asked = element.closest("[lang]")?.lang.toLowerCase() ?? "";
  return LANGUAGES.find((known) => asked === known || asked.startsWith(`${known}-`)) ?? LANGUAGES[0];
}
