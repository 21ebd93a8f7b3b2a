// The language of the project's own page: what the link asks for, else the browser's, else the first.

import { languageFor, LANGUAGES, wordsOf } from "./webrtc-steps-load.js";

/** What only this page says, by language. */
const WORDS = {
  en: [new URL("./words/en/page.json", import.meta.url)],
  de: [new URL("./words/de/page.json", import.meta.url)],
};

const query = new URLSearchParams(location.search);

/** The language of the page; the element takes it from the document. */
export const language = languageFor([query.get("lang") ?? "", ...navigator.languages]) ?? LANGUAGES[0];
document.documentElement.lang = language;

/** The page's own words. */
export const pageWords = () => wordsOf(WORDS[language] ?? WORDS.en);

/** The sentence of an id, its `{holes}` filled as text. */
export function say(words, id, holes = {}) {
  return words[id].replace(/\{(\w+)\}/g, (hole, name) => holes[name] ?? hole);
}

/** Fills everything below `root` that names a sentence. */
export function translate(root, words) {
  for (const element of root.querySelectorAll("[data-words]")) element.textContent = words[element.dataset.words];
}

/** The other languages of this very page, each by its own name. */
export function offerLanguages(element) {
  const links = LANGUAGES.filter((other) => other !== language).map((other) => {
    const there = new URL(location.href);
    there.searchParams.set("lang", other);
    const name = new Intl.DisplayNames([other], { type: "language" }).of(other);
    return Object.assign(document.createElement("a"), { href: there.href, lang: other, hreflang: other, textContent: name });
  });
  if (links.length === 0) return;
  const line = Object.assign(document.createElement("p"), { className: "languages", slot: "about" });
  line.append(...links);
  element.append(line);
}
