// Everything an element loads before it can be used, once for all elements of a page and a language.

import { dialect, titles } from "./webrtc-steps-dialects.js";
import { FIRST, HASHES } from "./webrtc-steps-files.js";
import { filled, SENTENCES } from "./webrtc-steps-stopped.js";
import { trust } from "./webrtc-steps-trust.js";

/** The languages there is a catalogue of words for; the first stands in for any other. */
export const LANGUAGES = Object.keys(FIRST.words);

/** How long a dialect document may take, in milliseconds. */
const PATIENCE = 10_000;

/** Why there is nothing to use: `sentence` is the id of what to say about it, `args` fill its holes. */
class Unusable extends Error {
  constructor(sentence, args = {}) {
    super(filled(SENTENCES[sentence], args));
    Object.assign(this, { sentence, args });
  }
}

/** A file of this module's. What went wrong is an Error that says it, named NotFoundError where there is no such file. */
export async function fetched(file, options = {}) {
  // A development server makes a module of a style sheet unless it is told what is wanted.
  const headers = file.pathname.endsWith(".css") ? { Accept: "text/css" } : {};
  const integrity = HASHES[file.href] ?? "";
  const answer = await fetch(file, { credentials: "same-origin", integrity, headers, ...options }).catch(async (fault) => {
    throw await explained(file, integrity, fault);
  });
  if (!answer.ok) throw unanswered(file, answer);
  return answer;
}

/** Why a request failed: a browser tells scripts no reason, so it is asked once more, without the hash. */
async function explained(file, integrity, fault) {
  if (fault.name === "TimeoutError") return fault;
  const again = await fetch(file, { credentials: "same-origin" }).catch(() => undefined);
  if (again && !again.ok) return unanswered(file, again);
  if (again && integrity) return new Unusable("stopped.other-hash", { file: file.pathname });
  if (!again && file.origin !== location.origin) return new Unusable("stopped.other-origin", { file: file.pathname, host: file.host });
  return new Error(`${file.pathname}: ${fault.message}`);
}

function unanswered(file, { status }) {
  const fault = new Unusable("stopped.status", { file: file.pathname, status });
  if (status === 404 || status === 410) fault.name = "NotFoundError";
  return fault;
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

/** These style sheets. */
export function sheetsOf(files) {
  return Promise.all(files.map((file) => once(file.href, async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetched(file)).text());
    return sheet;
  })));
}

/** The words of these catalogues together. */
export async function wordsOf(files) {
  const catalogues = await Promise.all(files.map((file) => once(file.href, async () => (await fetched(file)).json())));
  return Object.assign({}, ...catalogues);
}

/** The words of what is loaded first, in this language. */
export const wordsFor = (language) => wordsOf(FIRST.words[language]);

/** The program, its words in this language, the list of dialects and the style sheets, loaded side by side. */
export async function load(language) {
  // Asked first: what cannot run is not worth its bytes.
  if (typeof WebAssembly !== "object") throw new Unusable("stopped.no-wasm");
  if (typeof RTCPeerConnection !== "function") throw new Unusable("stopped.no-webrtc");
  const [glue, words, dialects, sheets] = await Promise.all([
    once("program", loadProgram),
    wordsFor(language),
    // Without the list the page still speaks to its own relay, and takes a document's path.
    once("dialects", () => titles(fetched)).catch(() => []),
    sheetsOf(FIRST.sheets),
  ]);
  return { glue, words, place: { dialects, document: documentOf }, sheets };
}

/** A dialect document that comes with the element, as text. */
const documentOf = (name) => dialect((file) => fetched(file, { signal: AbortSignal.timeout(PATIENCE) }), name);

async function loadProgram() {
  const [glue, program] = await Promise.all([import("./wasm/webrtc-steps.js"), compiled(FIRST.program)]);
  await glue.default({ module_or_path: program });
  trust(glue.trust);
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
  return languageFor([tagOf(element)]) ?? LANGUAGES[0];
}

/** The nearest `lang`, also outside of the shadow trees that an element is in. */
function tagOf(element) {
  const near = element.closest("[lang]");
  const { host } = element.getRootNode();
  return near || !host ? (near?.lang ?? "") : tagOf(host);
}

/** The first of these language tags, as `de-AT`, that there is a catalogue for, by the name of the catalogue. */
export function languageFor(tags) {
  const [found] = tags.flatMap((tag) => {
    const asked = tag.toLowerCase();
    return LANGUAGES.filter((known) => asked === known || asked.startsWith(`${known}-`));
  });
  return found;
}
