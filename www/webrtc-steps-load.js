// Everything an element loads before it can be used, once for all elements of a page and a language.

import { catalogues, dialect, dialects, fileOf, sheetsOf } from "./webrtc-steps-files.js";

/** The languages there is a catalogue of words for, below words/; the first stands in for any other. */
export const LANGUAGES = ["en"];

/** How long a document may take, in milliseconds. */
const PATIENCE = 10_000;

/** A file by its name. What went wrong is an Error that says it, named NotFoundError where there is no such file. */
export async function fetched(path, options = {}) {
  const { url, integrity } = fileOf(path);
  // A development server makes a module of a style sheet unless it is told what is wanted.
  const headers = path.endsWith(".css") ? { Accept: "text/css" } : {};
  const answer = await fetch(url, { credentials: "same-origin", integrity, headers, ...options }).catch(async (fault) => {
    throw await explained(path, url, integrity, fault);
  });
  if (!answer.ok) throw unanswered(path, answer);
  return answer;
}

/** Why a request failed; a browser does not tell. */
async function explained(path, url, integrity, fault) {
  if (fault.name === "TimeoutError") return fault;
  const again = await fetch(url, { credentials: "same-origin" }).catch(() => undefined);
  if (again && !again.ok) return unanswered(path, again);
  if (again && integrity) return new Error(`${path} is not the file that this module was published with: its hash is another. Put all files of one version there`);
  const { origin, host } = new URL(url);
  if (origin === location.origin) return new Error(`${path}: ${fault.message}`);
  return new Error(`${path}: ${fault.message}. It is on another origin, ${host}, which has to allow that with Access-Control-Allow-Origin`);
}

function unanswered(path, { status }) {
  const fault = new Error(`${path} was answered with ${status}`);
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

/** The style sheets of a time. */
export function sheets(time) {
  return Promise.all(sheetsOf(time).map((path) => once(path, async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await (await fetched(path)).text());
    return sheet;
  })));
}

/** The words of a language and a time. */
export async function words(language, time) {
  const parts = catalogues(language, time).map((path) => once(path, async () => (await fetched(path)).json()));
  return Object.assign({}, ...(await Promise.all(parts)));
}

/** The program, its words in this language, the list of dialects and the style sheets, loaded side by side. */
export async function load(language) {
  const [glue, said, list, look] = await Promise.all([
    once("program", loadProgram),
    words(language, "first"),
    // Without the list the page still speaks to its own relay, and takes a document's path.
    once("dialects", () => dialects(fetched)).catch(() => []),
    sheets("first"),
  ]);
  return { glue, words: said, place: { dialects: list, document: documentOf }, sheets: look };
}

/** A dialect document that comes with the element, as text. */
const documentOf = (name) => dialect((path) => fetched(path, { signal: AbortSignal.timeout(PATIENCE) }), name);

async function loadProgram() {
  const [glue, wasm] = await Promise.all([import("./wasm/webrtc-steps.js"), fetched("wasm/webrtc-steps_bg.wasm")]);
  await glue.default({ module_or_path: wasm });
  return glue;
}

/** The language of an element: its own `lang`, or the nearest around it; one without a catalogue gives the first. */
export function languageOf(element) {
  const asked = element.closest("[lang]")?.lang.toLowerCase() ?? "";
  return LANGUAGES.find((known) => asked === known || asked.startsWith(`${known}-`)) ?? LANGUAGES[0];
}
