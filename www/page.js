// What the project's own page adds to the element: its link's query, its own origin's relay, the language, and places as fragments of
// its address.
//
// Runs before the element is defined. Nothing here contacts anybody: the element does that after the click on join.

import { start } from "./page-start.js";
import { offerLanguages, pageWords, translate } from "./page-words.js";

// Each name of the query, and the attribute it becomes. `role` is an ARIA attribute, so the element's is another.
// `autojoin` is not among them: only the page that embeds the element may skip the click.
const QUERY = {
  endpoint: "endpoint",
  room: "room",
  dialect: "dialect",
  mode: "mode",
  role: "peer-role",
  "ice-servers": "ice-servers",
  "ice-transport-policy": "ice-transport-policy",
  hosts: "hosts",
};
// What a dialect asks: `var.NAME` becomes the attribute `var-NAME`. A secret among them is not used, and that is said.
const VARIABLE = /^var\.(\w{1,64})$/;

const element = document.querySelector("webrtc-steps[data-page]");
if (element) {
  const query = new URLSearchParams(location.search);
  const named = [];
  for (const [name, attribute] of Object.entries(QUERY)) {
    const value = query.get(name);
    if (value !== null) {
      element.setAttribute(attribute, value);
      named.push(name);
    }
  }
  for (const [name, value] of query) {
    const variable = VARIABLE.exec(name);
    if (variable) {
      element.setAttribute(`var-${variable[1]}`, value);
      named.push(name);
    }
  }
  const brought = documentOfFragment();
  if (brought !== undefined) {
    element.setAttribute("dialect", "custom");
    element.setAttribute("dialect-document", brought);
    named.push("dialect", "dialect-document");
  }
  // What came by link is told as such before anything is contacted.
  element.setAttribute("data-named-by-link", named.join(" "));
  if (!element.hasAttribute("endpoint")) {
    element.setAttribute("endpoint", ownRelay());
    element.setAttribute("data-named-by-default", "endpoint");
  }
  tiePlaces();
  offerLanguages(element);
  // A link has said where the other peer is; without one the page asks.
  if (named.length === 0) start(element, pageWords(), query.has("both"));
  // Without its words the page keeps the title that stands in it.
  else pageWords().then((words) => translate(document, words), () => {});
}

/**
 * Places are fragments: `#step-8` leads to step 8, now or as soon as there is a run, and who goes elsewhere changes the address, without a
 * step in the history.
 */
function tiePlaces() {
  let wanted;
  const go = async () => {
    if (!wanted) return;
    // Who is nowhere yet stays where the page begins.
    if (await element.show(wanted).catch(() => false)) wanted = undefined;
  };
  const lead = async () => {
    const place = location.hash.slice(1);
    // A dialect's document is no place.
    wanted = /^[\w.-]{1,64}$/.test(place) ? place : undefined;
    await customElements.whenDefined("webrtc-steps");
    await go();
  };
  element.addEventListener("webrtc-steps", ({ detail: { kind, place } }) => {
    if (kind === "joined") go();
    if (kind !== "place" || location.hash === `#${place}` || location.hash.includes("=")) return;
    wanted = undefined;
    try {
      history.replaceState(history.state, "", `#${place}`);
    } catch {
      // A browser allows only so many changes in a time; the place is shown all the same.
    }
  });
  addEventListener("hashchange", lead);
  if (location.hash) lead();
}

/**
 * The dialect's document that a link carries behind its #, as text: an empty one if it is damaged, undefined if there
 * is none.
 * It is only written into the form: what it says happens after the click on join.
 */
function documentOfFragment() {
  const [name, coded] = location.hash.split("=", 2);
  if (name !== "#dialect") return undefined;
  try {
    const bytes = Uint8Array.from(atob(coded.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return "";
  }
}

/** The relay of this page's own origin; a page opened as a file has none, so its tabs speak to each other. */
function ownRelay() {
  if (!location.host) return "tabs:";
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}`;
}
