// The element <webrtc-steps-pair>: offerer and answerer side by side on one page, connected by a line of their own, without a server.

/*
 * The contract. docs/embedding.md says the same at length; a change of a name goes into CHANGELOG.md.
 *
 * Attributes, passed on to both sides: mode, ice-servers, ice-transport-policy, theme, and the language. It begins by itself, which
 * contacts nobody, unless the mode is `auto` or ICE servers are named: then it says whom it will contact and waits for the click,
 * except with `autojoin`.
 * Properties: `offerer` and `answerer`, the two sides, each a whole <webrtc-steps> with its methods, states and events; they work before
 * the pair is in a page as any element does.
 * Events: those of both sides pass through the pair as they are; event.composedPath()[0] is the side, with data-pair="offerer" or "answerer".
 * States on the element: data-turn (`offerer`, `answerer` or `none`: whose step is the next) and data-open (`true` or `false`: both
 * can write to each other).
 * Parts: bar, start, diagram, and those of the sides: steps, step, chat, button, primary. A link in `slot="back"` stands in the bar.
 */

import { WebrtcSteps } from "./webrtc-steps-element.js";
import { isOurs } from "./webrtc-steps-keys.js";
import { languageOf, wordsFor } from "./webrtc-steps-load.js";
import { SENTENCES, saidOf, stoppedPanel } from "./webrtc-steps-stopped.js";

const PASSED_ON = ["mode", "ice-servers", "ice-transport-policy", "theme"];

/** Outside a browser, where a page may be rendered, there are no elements: then this file only must not fail. */
const Base = globalThis.HTMLElement ?? class {};

/** One side. Its class has a name of its own, so a page may give the names of the others as it likes. */
class Side extends WebrtcSteps {
  /** This side's end of the line, which stays as long as the pair does. */
  #line;
  #stay;
  /** Called when the side begins anew: whatever it was in before is over. */
  onbegin;
  /** Promises that the pair has put it into the page and joined it, where it is about to. */
  standing;

  static make(name, line) {
    defineSide();
    const side = new Side();
    side.#line = line;
    const marks = { "data-pair": name, "peer-role": name, endpoint: "line:", exportparts: "steps, step, chat, button, primary" };
    for (const [mark, value] of Object.entries(marks)) side.setAttribute(mark, value);
    return side;
  }

  async run(command, value) {
    await this.standing?.(command);
    return super.run(command, value);
  }

  async show(place) {
    await this.standing?.();
    return super.show(place);
  }

  async parts(language, stay) {
    if (stay !== this.#stay) this.onbegin?.();
    this.#stay = stay;
    const { loadSide } = await import("./webrtc-steps-pair-bench.js");
    const parts = await loadSide(language, this.dataset.pair);
    return { ...parts, place: { ...parts.place, line: this.#line } };
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

export class WebrtcStepsPair extends Base {
  static observedAttributes = [...PASSED_ON, "autojoin", "lang"];

  #offerer;
  #answerer;
  #bench;
  /** The language that it shows, or that is on its way. */
  #language;
  /** Keeps its promise when the bench that is on its way stands, or does not. */
  #begun;
  /** Counts the stays in a page: what was begun in an earlier one no longer counts. */
  #stay = 0;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    const { port1, port2 } = new MessageChannel();
    this.#offerer = Side.make("offerer", port1);
    this.#answerer = Side.make("answerer", port2);
    for (const side of [this.#offerer, this.#answerer]) side.standing = (command) => this.#standing(side, command);
    for (const kind of ["keydown", "keypress", "keyup"]) {
      this.addEventListener(kind, (event) => isOurs(event) && event.stopPropagation());
    }
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
    if (!this.#bench) this.#begins();
    else this.#reword();
  }

  /** Moved within its document by moveBefore(): nothing changes, but perhaps the language around it. */
  connectedMoveCallback() {
    this.#reword();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  attributeChangedCallback(name, _before, value) {
    if (name === "lang") {
      this.#reword();
      return;
    }
    if (name === "autojoin") {
      if (value !== null) this.#bench?.begin();
      return;
    }
    for (const side of [this.#offerer, this.#answerer]) {
      if (value === null) side.removeAttribute(name);
      else side.setAttribute(name, value);
    }
  }

  #reword() {
    if (this.#bench && this.#language !== languageOf(this)) this.#begins();
  }

  /** What is asked of a side that is about to stand in the page waits until it does, and has joined if the pair joins by itself. */
  async #standing(side, command) {
    if (!this.isConnected) return;
    await this.#begun;
    if (command !== "join") await this.#bench?.joined(side.dataset.pair);
  }

  #begins() {
    this.#begun = this.#begin();
  }

  async #begin() {
    const stay = ++this.#stay;
    const language = (this.#language = languageOf(this));
    let open;
    try {
      const { loadBench } = await import("./webrtc-steps-pair-bench.js");
      open = await loadBench(language);
    } catch (fault) {
      if (stay === this.#stay && !this.#bench) await this.#miss(stay, fault);
      return;
    }
    // It may have left the page, or left and come back, while it waited.
    if (!this.isConnected || stay !== this.#stay) return;
    // Its language may have become another as well.
    if (language !== languageOf(this)) return this.#begin();
    for (const side of [this.#offerer, this.#answerer]) side.lang = language;
    this.#bench = open(this, this.#bench);
  }

  #end() {
    this.#stay += 1;
    this.#bench?.free();
    this.#bench = undefined;
    this.shadowRoot.replaceChildren();
  }

  /** Says why there is nothing to see. */
  async #miss(stay, fault) {
    const words = await wordsFor(this.#language).catch(() => undefined);
    if (stay !== this.#stay) return;
    const say = (id) => words?.[id] ?? SENTENCES[id];
    const panel = stoppedPanel(saidOf(fault, "stopped.load", say), [], say, () => this.#begins());
    panel.lang = words ? this.#language : "en";
    this.shadowRoot.replaceChildren(panel);
  }
}
