// The start of the project's own page: where the other peer is. A link has said it already, so this is for those who come without one.

import { language, say, translate } from "./page-words.js";

/** What a browser keeps for secure contexts, as far as anybody could miss it here. */
const KEPT = {
  "page.missing.media": () => navigator.mediaDevices,
  "page.missing.clipboard": () => navigator.clipboard,
  "page.missing.share": () => navigator.share,
  "page.missing.subtle": () => crypto.subtle,
};

/** What is to be done with an endpoint that is no server. */
const HOW = { "tabs:": "page.device.tabs", "paste:": "page.device.paste" };

/** Asks in the element's start form, or puts both sides in its place where the address says so. */
export async function start(element, coming, both) {
  // Nothing shows itself in this place and then goes again.
  const place = Object.assign(document.createElement("div"), { className: "where-comes", slot: "where" });
  element.append(place);
  const pair = both && replace(element);
  const words = await coming.catch(() => undefined);
  if (!words) {
    // The element asks in its own way.
    place.remove();
  } else if (pair) {
    translate(pair, words);
    document.title = words["page.title.both"];
  } else {
    translate(document, words);
    place.replaceWith(new Start(element, words).form);
  }
}

/** Both sides in place of the one, and a way back. */
function replace(element) {
  const back = Object.assign(document.createElement("a"), { slot: "back", href: address(false) });
  back.dataset.words = "page.back";
  const pair = document.createElement("webrtc-steps-pair");
  pair.dataset.page = "";
  pair.append(back);
  element.replaceWith(pair);
  return pair;
}

/** This page's address with both sides or with one; the language stays. */
function address(both) {
  const there = new URL(location.pathname, location.href);
  if (both) there.searchParams.set("both", "");
  const lang = new URLSearchParams(location.search).get("lang");
  if (lang) there.searchParams.set("lang", lang);
  // `?both` as one would write it.
  return there.href.replace("?both=", "?both");
}

/** The three cards in the element's form, and what each needs. */
class Start {
  #element;
  #words;

  constructor(element, words) {
    this.#element = element;
    this.#words = words;
    const template = document.querySelector("template[data-page=where]");
    this.form = document.importNode(template.content, true).firstElementChild;
    translate(this.form, words);
    this.form.querySelector("a").href = address(true);
    this.form.addEventListener("change", () => this.#follow());
    this.form.addEventListener("click", ({ target }) => this.#name(target.closest("[data-endpoint]")?.dataset.endpoint));
    // What is typed within the element comes out of it.
    for (const kind of ["input", "change"]) element.addEventListener(kind, () => this.#tell());
    element.addEventListener("webrtc-steps", ({ detail }) => this.#hear(detail));
    this.#follow();
  }

  get #where() {
    return this.form.querySelector(":checked").value;
  }

  get #field() {
    return this.#element.shadowRoot?.querySelector("[name=endpoint]");
  }

  /** The endpoint as it stands in the form; before there is one, as it will. */
  get #endpoint() {
    return (this.#field?.value ?? this.#element.getAttribute("endpoint")).trim();
  }

  /** Shows what belongs to the chosen card. */
  #follow() {
    const where = this.#where;
    this.#element.dataset.where = where;
    for (const part of this.form.querySelectorAll("[data-for]")) part.hidden = !part.dataset.for.split(" ").includes(where);
    this.#tell();
  }

  /** Writes an endpoint into the form, as typing would. */
  #name(endpoint) {
    if (!endpoint || !this.#field) return;
    this.#field.value = endpoint;
    this.#field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }

  /** Says what another device needs. */
  #tell() {
    const said = this.#where === "device" ? this.#needs() : [];
    const lines = said.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence }));
    const place = this.form.querySelector("[data-part=needs]");
    if (place.textContent !== said.join("")) place.replaceChildren(...lines);
  }

  #needs() {
    const endpoint = this.#endpoint.toLowerCase();
    const own = (url) => URL.canParse(url) && loopback(new URL(url).hostname);
    const needs = [this.#say(HOW[endpoint] ?? "page.device.needs")];
    if (loopback(location.hostname)) needs.push(this.#say("page.device.localhost", { host: location.hostname, port: location.port || "80" }));
    else if (own(endpoint)) needs.push(this.#say("page.device.endpoint", { host: new URL(endpoint).hostname }));
    if (!isSecureContext) needs.push(this.#say("page.device.plain", { missing: this.#missing() }));
    return needs;
  }

  #missing() {
    const names = Object.keys(KEPT).filter((id) => !KEPT[id]()).map((id) => this.#say(id));
    return new Intl.ListFormat(language, { type: "conjunction" }).format(names);
  }

  /** Whoever asked for another device is shown the code at once. */
  #hear({ kind }) {
    if (kind !== "joined" || this.#where !== "device") return;
    this.#element.shadowRoot.querySelector("[data-view=scan][aria-expanded=false]")?.click();
  }

  #say(id, holes) {
    return say(this.#words, id, holes);
  }
}

/** Whether a host's name means the machine that says it. */
function loopback(host) {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\./.test(host);
}
