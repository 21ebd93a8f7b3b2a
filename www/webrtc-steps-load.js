// Everything an element loads before it can be used, once for all elements of a page and a language.
//
// Each file is named by a literal, here and in webrtc-steps-later.js: `cargo xtask build` puts the hash of its content behind it, and a
// bundler finds it.

const PROGRAM = new URL("./wasm/webrtc-steps_bg.wasm", import.meta.url);
const DIALECTS = new URL("./dialects/index.json", import.meta.url);
const SHEETS = [new URL("./webrtc-steps.css", import.meta.url), new URL("./webrtc-steps-run.css", import.meta.url)];

/** The catalogues of words, by language; the first stands in for any other. */
const WORDS = {
  en: new URL("./words/en.json", import.meta.url),
};

/** The languages there is a catalogue of words for; the first stands in for any other. */
export const LANGUAGES = Object.keys(WORDS);

/** Where a file of this folder is that has no name of its own here: an address without a hash. */
export const here = (path) => new URL(path, import.meta.url);

/** What this browser lacks so that nothing works; `sentence` is the id of what to say about it. */
export class Missing extends Error {
  constructor(sentence) {
    super(sentence);
    this.sentence = sentence;
  }
}

export async function fetched(file) {
  const answer = await fetch(file, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${file.pathname} was answered with ${answer.status}`);
  return answer;
}

export const jsonOf = async (file) => (await fetched(file)).json();

export async function sheetOf(file) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await (await fetched(file)).text());
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

/** The words in this language. */
export const wordsOf = (language) => once(`words ${language}`, () => jsonOf(WORDS[language]));

/** The program, its words in this language, the list of dialects and the style sheets, loaded side by side. */
export async function load(language) {
  // Asked first: what cannot run is not worth its bytes.
  if (typeof WebAssembly !== "object") throw new Missing("stopped.no-wasm");
  if (typeof RTCPeerConnection !== "function") throw new Missing("stopped.no-webrtc");
  const [glue, words, dialects, ...sheets] = await Promise.all([
    once("program", loadProgram),
    wordsOf(language),
    // Without the list the page still speaks to its own relay, and takes a document's path.
    once("dialects", () => jsonOf(DIALECTS)).catch(() => []),
    ...SHEETS.map((file) => once(file.href, () => sheetOf(file))),
  ]);
  return { glue, words, dialects, sheets };
}

async function loadProgram() {
  const [glue, program] = await Promise.all([import("./wasm/webrtc-steps.js"), compiled(PROGRAM)]);
  await glue.default({ module_or_path: program });
  return glue;
}

/** A program, compiled while it still comes; the glue beside it is not waited for. */
export async function compiled(file) {
  const answer = await fetched(file);
  const type = answer.headers.get("content-type") ?? "no type";
  // A browser compiles on the way only what its host calls by its right name (WebAssembly Web API, 2.1).
  if (/^application\/wasm$/i.test(type)) return WebAssembly.compileStreaming(answer);
  const bytes = await answer.arrayBuffer();
  return WebAssembly.compile(bytes).catch(() => {
    throw new Error(`${file.pathname} came as ${type} and is no WebAssembly`);
  });
}

/** The language of an element: its own `lang`, or the nearest around it; one without a catalogue gives the first. */
export function languageOf(element) {
  const asked = element.closest("[lang]")?.lang.toLowerCase() ?? "";
  return LANGUAGES.find((known) => asked === known || asked.startsWith(`${known}-`)) ?? LANGUAGES[0];
}
