// The element <webrtc-steps-pair>: offerer and answerer side by side on one page, connected by a line of their own, without a server.
//
// Attributes: mode, ice-servers, ice-transport-policy, lang and theme are passed on to both sides. It begins by itself, which contacts
// nobody, unless the mode is auto or ICE servers are named; then it asks first, except with autojoin. `offerer` and `answerer` are
// the two sides, each a whole <webrtc-steps>. The pair carries data-turn (offerer, answerer or none) and data-open. Events of both sides
// pass through it as they are: event.composedPath()[0] is the side.

import { WebrtcSteps } from "./webrtc-steps-element.js";
import { languageOf } from "./webrtc-steps-load.js";

const PASSED_ON = ["mode", "ice-servers", "ice-transport-policy", "theme"];

/** Sentences of this file. They are needed exactly when nothing could be loaded. */
const SENTENCES = {
  "pair.not-loaded": "The page's program could not be loaded: {fault}. Check the connection to this site and start again.",
  "pair.again": "Start again",
};

/** One side. Its class has a name of its own, so a page may give the names of the others as it likes. */
class Side extends WebrtcSteps {
  /** This side's end of the line. The line stays as long as the pair does. */
  #line;
  /** Called when the side begins anew: whatever it was in before is over. */
  onbegin;

  static make(name, line) {
    defineSide();
    const side = new Side();
    side.#line = line;
    const marks = { "data-pair": name, "peer-role": name, endpoint: "line:", exportparts: "steps, step, chat, button, primary" };
    for (const [mark, value] of Object.entries(marks)) side.setAttribute(mark, value);
    return side;
  }

  async extras(language) {
    this.onbegin?.();
    const { extras } = await import("./webrtc-steps-pair-bench.js");
    return { line: this.#line, ...(await extras(language, this.dataset.pair)) };
  }
}

let defined = false;

/** Gives the class a name that is free, once: another version of this file may be on the same page. */
function defineSide() {
  if (defined) return;
  let name = "webrtc-steps-side";
  for (let number = 2; customElements.get(name); number += 1) name = `webrtc-steps-side-${number}`;
  customElements.define(name, Side);
  defined = true;
}

export class WebrtcStepsPair extends HTMLElement {
  static observedAttributes = [...PASSED_ON, "lang"];

  #offerer;
  #answerer;
  #bench;
  /** Counts the stays in a page: what was begun in an earlier one no longer counts. */
  #stay = 0;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    const { port1, port2 } = new MessageChannel();
    this.#offerer = Side.make("offerer", port1);
    this.#answerer = Side.make("answerer", port2);
  }

  /** The offerer's side, a whole <webrtc-steps>. */
  get offerer() {
    return this.#offerer;
  }

  /** The answerer's side, a whole <webrtc-steps>. */
  get answerer() {
    return this.#answerer;
  }

  connectedCallback() {
    // Whoever is only moved goes on as it was.
    if (this.#stay === 0 || !this.#bench) this.#begin();
  }

  /** `moveBefore()` takes nothing down. */
  connectedMoveCallback() {}

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  attributeChangedCallback(name, _before, value) {
    if (name === "lang") {
      if (this.#bench && languageOf(this) !== this.#bench.language) this.#begin();
      return;
    }
    for (const side of [this.#offerer, this.#answerer]) {
      if (value === null) side.removeAttribute(name);
      else side.setAttribute(name, value);
    }
  }

  async #begin() {
    const stay = ++this.#stay;
    const language = languageOf(this);
    let parts;
    try {
      const { loadBench } = await import("./webrtc-steps-pair-bench.js");
      parts = await loadBench(language);
    } catch (fault) {
      if (stay === this.#stay) this.#miss(fault);
      return;
    }
    if (!this.isConnected || stay !== this.#stay) return;
    for (const side of [this.#offerer, this.#answerer]) side.lang = language;
    this.#bench = parts.open(this, this.#bench);
  }

  #end() {
    this.#stay += 1;
    this.#bench?.free();
    this.#bench = undefined;
    this.shadowRoot.replaceChildren();
  }

  #miss(fault) {
    const said = document.createElement("p");
    const sentence = SENTENCES["pair.not-loaded"].replace("{fault}", () => String(fault?.message ?? fault));
    said.textContent = sentence;
    said.setAttribute("role", "alert");
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: SENTENCES["pair.again"] });
    again.addEventListener("click", () => this.#begin());
    this.shadowRoot.replaceChildren(said, again);
  }
}
