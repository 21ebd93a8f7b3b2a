// The element <webrtc-steps>. Importing this file gives nothing a name: webrtc-steps.js does that.
//
// Attributes: endpoint, room, dialect, var-NAME, hosts, mode, peer-role, ice-servers, autojoin. The states are on the element as data-*
// attributes, each fact is dispatched as an event `webrtc-steps`, run(command) gives a command and its outcome, and show(place) leads
// to a step, a panel or an event.

import { here, languageOf, load, once, sheetOf } from "./webrtc-steps-load.js";

/** Events kept for a person to read after a fault. */
const MOST_RECORDS = 500;

/** Sentences of this file. They are needed exactly when the catalogue of words could not be loaded. */
const SENTENCES = {
  "stopped.load": "The page's program could not be loaded: {fault}. Check the connection to this site and start again.",
  "stopped.fault": "A mistake in this page's program stopped it: {fault}. What happened until then is kept below. Nothing else on this page is affected.",
  "stopped.again": "Start again",
  "stopped.record": "The record of the run that stopped",
  "stopped.gone": "The element left the page before the command was carried out.",
};

/** Facts after which the panels are loaded. */
const PANELS_AFTER = new Set(["joined", "trouble"]);

export class WebrtcSteps extends HTMLElement {
  /** What mount() of the program gave; nothing before it, after a fault, and while the element is not in a page. */
  #mounted;
  #words = SENTENCES;
  #language;
  /** Counts the element's stays in a page: what was begun in an earlier one no longer counts. */
  #stay = 0;
  #turning = false;
  #queued = false;
  #freeLater = false;
  #record = [];
  /** The open panels; a promise of whether they opened, once somebody asked for them. */
  #panels;
  #opening;
  /** Where the user is: the `data-at` of what was last clicked or focused. */
  #place;
  /** Callers of run() and show() that wait for the mount. */
  #waiting = [];

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    this.shadowRoot.addEventListener("click", (event) => {
      if (event.target.closest?.("[data-view=workbench]")) this.#dressWorkbench();
      if (event.target.closest?.("[data-view=panels]")) this.#openPanels();
    });
    for (const kind of ["click", "focusin"]) {
      this.shadowRoot.addEventListener(kind, ({ target }) => this.#come(target.closest?.("[data-at]")?.dataset.at));
    }
  }

  connectedCallback() {
    addEventListener("pagehide", this);
    addEventListener("pageshow", this);
    this.#begin();
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this);
    removeEventListener("pageshow", this);
    this.#end();
    this.#refuse(this.#say("stopped.gone"));
  }

  /** Listens for the page being left and coming back; nobody else calls it. */
  handleEvent(event) {
    if (event.type === "pagehide") {
      this.#turn((mounted) => mounted.leave_page());
    } else if (event.type === "pageshow" && event.persisted) {
      // The goodbye is said, so a page that comes back begins anew.
      this.#end();
      this.#begin();
    }
  }

  /**
   * Gives a command as its button would, and answers with its outcome.
   * Refuses with an Error whose message is the sentence the page shows.
   */
  async run(command, value) {
    return (await this.#running()).run(command, value);
  }

  /**
   * Leads to a place (`step-8`, `event-57`, `states`, …): opens what is folded around it, scrolls and focuses. Answers true.
   * Refuses with an Error that carries a sentence when there is no such place, or none that can be seen now.
   */
  async show(place) {
    await this.#running();
    const { lead } = await import(here("webrtc-steps-places.js").href);
    const there = () => this.shadowRoot.querySelector(`[data-at="${CSS.escape(place)}"]`);
    if (!there()) await this.#openPanels();
    if (!lead(this.shadowRoot, place)) throw new Error(this.#say("place.unknown").replace("{place}", () => place));
    this.#come(place);
    return true;
  }

  /**
   * What an element made of this one adds to it in a language: `line`, the MessagePort of `endpoint="line:"`; `sheets`, after the
   * element's own; `words`, sentences instead of its own.
   */
  extras(_language) {
    return {};
  }

  /** The program, once it is there. */
  #running() {
    return this.#mounted ?? new Promise((give, refuse) => this.#waiting.push({ give, refuse }));
  }

  /** Tells when the place changes. It is told like a fact, but is none of the run's. */
  #come(place) {
    if (!place || place === this.#place) return;
    this.#place = place;
    const { attempt = 0 } = this.#record.at(-1) ?? {};
    this.#tell({ v: 1, at: performance.now(), attempt, kind: "place", place });
  }

  #tell(detail) {
    this.dispatchEvent(new CustomEvent("webrtc-steps", { detail, bubbles: true, composed: true }));
  }

  async #begin() {
    const stay = ++this.#stay;
    this.removeAttribute("data-state");
    this.#language = languageOf(this);
    let parts;
    let extras;
    try {
      [parts, extras] = await Promise.all([load(this.#language), this.extras(this.#language)]);
    } catch (fault) {
      if (stay === this.#stay) this.#stop("stopped.load", fault);
      return;
    }
    // The element may have left the page, or left and come back, while it waited.
    if (!this.isConnected || stay !== this.#stay) return;
    const { line, sheets = [], words } = extras;
    this.#words = words ? { ...parts.words, ...words } : parts.words;
    this.shadowRoot.adoptedStyleSheets = [...parts.sheets, ...sheets];
    this.shadowRoot.replaceChildren();
    this.#guarded(() => {
      this.#mounted = parts.glue.mount(this, this.#words, { base: import.meta.url, dialects: parts.dialects, line }, () => this.#wake());
    });
    if (!this.#mounted) return;
    for (const { give } of this.#waiting.splice(0)) give(this.#mounted);
    this.#wake();
  }

  /** Nobody who only takes the steps waits for the look of the workbench. */
  async #dressWorkbench() {
    try {
      const sheet = await once("workbench", () => sheetOf("webrtc-steps-workbench.css"));
      const sheets = this.shadowRoot.adoptedStyleSheets;
      if (sheets.includes(sheet)) return;
      this.shadowRoot.adoptedStyleSheets = [...sheets, sheet];
      // Where it stands is known only now.
      this.shadowRoot.querySelector(".wb")?.scrollIntoView();
    } catch {
      // It works without its look; the next click tries again.
    }
  }

  #end() {
    this.#stay += 1;
    this.#place = undefined;
    this.#free();
    this.shadowRoot.replaceChildren();
  }

  /** The program has something to do: do it when the present task is over, once. */
  #wake() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      this.#turn();
    });
  }

  /** Lets the program work off its inbox, then tells what became of it. Never inside itself. */
  #turn(work = (mounted) => mounted.turn()) {
    const mounted = this.#mounted;
    if (!mounted || this.#turning) return;
    let details = [];
    this.#turning = true;
    this.#guarded(() => {
      details = work(mounted);
    });
    this.#turning = false;
    if (this.#freeLater) this.#free();
    for (const detail of details) {
      this.#record.push(detail);
      this.#tell(detail);
    }
    if (this.#record.length > MOST_RECORDS) this.#record.splice(0, this.#record.length - MOST_RECORDS);
    if (this.#panels && details.length > 0) this.#tellPanels(details);
    else if (details.some(({ kind }) => PANELS_AFTER.has(kind))) this.#openPanels();
  }

  /**
   * Loads what explains, diagnoses and records, and shows it. Nobody who only connects waits for it: it comes after the
   * room, or with the first trouble. Answers with whether it is there.
   */
  #openPanels() {
    this.#opening ??= this.#loadPanels(this.#stay).catch((fault) => {
      this.#opening = undefined;
      this.#missPanels(fault);
      return false;
    });
    return this.#opening;
  }

  async #loadPanels(stay) {
    const { loadPanels } = await import(here("webrtc-steps-later.js").href);
    const { open, sheets, words } = await loadPanels(this.#language);
    if (stay !== this.#stay || !this.#mounted) return false;
    this.shadowRoot.adoptedStyleSheets = [...this.shadowRoot.adoptedStyleSheets, ...sheets];
    const run = (command, value) => {
      // What comes of it is told by events, and a refusal stands beside the command's control.
      (command === "show" ? this.show(value) : this.run(command, value)).catch(() => {});
    };
    this.#panels = open(this, { ...this.#words, ...words }, this.#mounted.record(), run);
    return true;
  }

  /** A mistake in the panels takes the panels away and nothing else. */
  #tellPanels(details) {
    try {
      this.#panels.tell(details);
    } catch (fault) {
      this.#panels = undefined;
      this.#missPanels(fault);
    }
  }

  /** Says in place of the panels why they are not there; a click tries again. */
  #missPanels(fault) {
    const place = this.shadowRoot.querySelector("[data-place=panels]");
    if (!place) return;
    const said = document.createElement("p");
    said.textContent = this.#say("panels.failed").replace("{fault}", () => String(fault?.message ?? fault));
    const again = Object.assign(document.createElement("button"), { type: "button", className: "do-it", textContent: this.#say("panels.again") });
    again.dataset.view = "panels";
    place.replaceChildren(said, again);
  }

  #closePanels() {
    const panels = this.#panels;
    this.#panels = this.#opening = undefined;
    try {
      panels?.free();
    } catch {
      // A program that stopped in the middle of its work cannot be asked to take itself down.
    }
  }

  /** Runs a part of the program; what it throws stops this one element and no other. */
  #guarded(part) {
    try {
      part();
    } catch (fault) {
      this.#stop("stopped.fault", fault);
    }
  }

  /** Takes down what the program holds; inside a turn, when that is over. */
  #free() {
    this.#freeLater = this.#turning;
    if (this.#turning) return;
    const mounted = this.#mounted;
    this.#mounted = undefined;
    this.#closePanels();
    try {
      mounted?.free();
    } catch {
      // A program that stopped in the middle of its work cannot be asked to take itself down.
    }
  }

  /** Shows that this element stopped, why, its record and the way to begin again. */
  #stop(sentence, fault) {
    this.#stay += 1;
    this.#turning = false;
    try {
      // Its connection and link would go on without anybody to hear them.
      this.#mounted?.abandon();
    } catch {
      // Nothing of the program answers any more.
    }
    this.#free();
    const message = String(fault?.message ?? fault);
    const said = this.#say(sentence).replace("{fault}", () => message);
    this.setAttribute("data-state", "stopped");
    this.#refuse(said);
    const make = (name, text, marks = {}) => {
      const made = Object.assign(document.createElement(name), marks);
      made.append(...[text].flat());
      return made;
    };
    const again = make("button", this.#say("stopped.again"), { type: "button", className: "do-it" });
    again.addEventListener("click", () => this.#begin());
    const parts = [make("p", said), again];
    if (this.#record.length > 0) {
      const lines = this.#record.map((detail) => JSON.stringify(detail)).join("\n");
      parts.push(make("h2", this.#say("stopped.record")), make("pre", lines, { tabIndex: 0 }));
    }
    const panel = make("section", parts, { className: "stopped" });
    panel.setAttribute("role", "alert");
    this.shadowRoot.replaceChildren(panel);
  }

  #refuse(sentence) {
    for (const { refuse } of this.#waiting.splice(0)) refuse(new Error(sentence));
  }

  #say(id) {
    return this.#words[id] ?? SENTENCES[id];
  }
}
