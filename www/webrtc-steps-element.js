// The element <webrtc-steps>. Importing this file gives nothing a name: webrtc-steps.js does that.

/*
 * The contract. docs/embedding.md says the same at length, webrtc-steps.d.ts in types; a change of a name goes into CHANGELOG.md.
 *
 * Attributes, each with a property that reflects it (peer-role: peerRole):
 *   endpoint              `tabs:` (default), `paste:`, or a ws: or wss: URL, perhaps with holes (`wss://host/any/{room}`)
 *   room                  the room's name; default: drawn at random
 *   mode                  `manual` (default), `trickle`, `auto`
 *   peer-role             `auto` (default), `offerer`, `answerer`
 *   dialect               `relay` (default), another name, a path on the page's own origin, or `custom` with dialect-document
 *   dialect-document      the document of the dialect `custom`, as JSON text
 *   var-NAME              an answer to what the dialect asks (no property)
 *   hosts                 further hosts that a dialect may be sent to
 *   ice-servers           STUN and TURN URLs, with blanks between
 *   ice-transport-policy  `all` (default), `relay`
 *   autojoin              joins without the click
 *   lang, theme           the language of the words; the look
 * Before joining, a changed attribute shows in the start form at once; during a run it counts for the next one, and a line says so.
 * `autojoin` added later joins; `lang` and `theme` take effect at once.
 *
 * Properties: `state` (the states below as one object), `record` (a copy of every event so far).
 * Methods: run(command, value) gives a command and promises its outcome; show(place) leads to a step, a panel or an event.
 * Event: `webrtc-steps`, bubbling and composed; the detail is plain data with `v`, `at`, `attempt`, `kind` and what belongs to the kind.
 * States on the element: data-role, data-signaling-link, data-signaling-state, data-ice-gathering-state, data-ice-connection-state,
 *   data-connection-state, data-channel-state; data-state="stopped" after a fault.
 * Parts: bar, start, steps, step, chat, diagram, details, workbench, button, primary.
 * Custom properties: --webrtc-steps-height and the tokens of docs/embedding.md. Nothing else of the page's style comes in.
 *
 * Its life: it is taken down one microtask after it left its document, and not at all if it is back by then. What it was asked and had not
 * done is refused. Put back later it begins anew. In another window's document it says that its module has to be loaded there.
 */

import { forgetStates, OBSERVED, reflect, statesOf, takeOver, textFor } from "./webrtc-steps-attributes.js";
import { Calls } from "./webrtc-steps-calls.js";
import { isOurs } from "./webrtc-steps-keys.js";
import { languageOf, load, wordsFor } from "./webrtc-steps-load.js";
import { Panels, dress } from "./webrtc-steps-panels.js";
import { SENTENCES, loadingLine, saidOf, stoppedPanel } from "./webrtc-steps-stopped.js";

/** How long, in ms, a person looks at nothing before being told what is being waited for. */
const MOST_BLANK = 1000;

/** Events kept for a person to read after a fault. */
const MOST_RECORDS = 500;

/** What tells that the page is being left, or is back. */
const LEAVING = ["pagehide", "pageshow"];

/** Facts after which the panels are loaded. */
const PANELS_AFTER = new Set(["joined", "trouble"]);

/** Outside a browser, where a page may be rendered, there are no elements: then this file only must not fail. */
const Base = globalThis.HTMLElement ?? class {};

export class WebrtcSteps extends Base {
  static observedAttributes = OBSERVED;

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
  #panels = new Panels({
    root: this.attachShadow({ mode: "open" }),
    now: () => this.#mounted && { mounted: this.#mounted, words: this.#words, language: this.#language },
    say: (id) => this.#say(id),
    // What comes of it is told by events, and a refusal stands beside the command's control.
    run: (command, value) => void (command === "show" ? this.show(value) : this.run(command, value)).catch(() => {}),
  });
  /** Where the user is: the `data-at` of what was last clicked or focused. */
  #place;
  #calls = new Calls();
  /** Hears of attributes whose names are not known beforehand. */
  #watch;
  /** Why it stopped, in a sentence. */
  #stopped;
  /** The window it listens to; none while it is not in a page. */
  #view;

  constructor() {
    super();
    this.shadowRoot.addEventListener("click", (event) => {
      if (event.target.closest?.("[data-view=workbench]")) this.#panels.dressWorkbench();
      if (event.target.closest?.("[data-view=panels]")) this.#panels.open();
    });
    for (const kind of ["click", "focusin"]) {
      this.shadowRoot.addEventListener(kind, ({ target }) => this.#come(target.closest?.("[data-at]")?.dataset.at));
    }
    for (const kind of ["keydown", "keypress", "keyup"]) {
      this.addEventListener(kind, (event) => isOurs(event) && event.stopPropagation());
    }
    takeOver(this);
  }

  connectedCallback() {
    const view = this.ownerDocument.defaultView;
    if (this.#view && this.#view === view) {
      // It is back before it was taken down, perhaps among words of another language.
      this.#reword();
      return;
    }
    this.#depart();
    if (!view) return;
    this.#view = view;
    for (const kind of LEAVING) view.addEventListener(kind, this);
    this.#begin();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (!this.isConnected) this.#depart();
    });
  }

  /** Moved within its document by moveBefore(): nothing changes. */
  connectedMoveCallback() {
    this.#reword();
  }

  attributeChangedCallback(name, before, now) {
    if (before !== now) this.#heed(name);
  }

  /** The states as the element's data-* attributes tell them, and whether it stopped. */
  get state() {
    return statesOf(this);
  }

  /** Every event of this stay in the page so far, oldest first: a copy. After a fault, the last ones. */
  get record() {
    return this.#mounted?.record() ?? structuredClone(this.#record);
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
   * Gives a command as its button would, and promises its outcome. `value` is a text, true or false (`on`, `off`), or plain data (as JSON).
   * Refuses with an Error whose message is the sentence the page shows.
   */
  async run(command, value) {
    const mounted = await this.#running();
    this.#heedWatched();
    return this.#calls.follow(mounted.run(command, textFor(value)));
  }

  /**
   * Leads to a place (`step-8`, `event-57`, `states`, …): opens what is folded around it, scrolls and focuses. Answers true.
   * Refuses with an Error that carries a sentence when there is no such place, or none that can be seen now.
   */
  async show(place) {
    await this.#running();
    const { lead } = await import("./webrtc-steps-places.js");
    const there = () => this.shadowRoot.querySelector(`[data-at="${CSS.escape(place)}"]`);
    if (!there()) await this.#panels.open();
    if (!lead(this.shadowRoot, place)) throw new Error(this.#say("place.unknown").replace("{place}", () => place));
    this.#come(place);
    return true;
  }

  /** What it is made of, in a language. A side of a pair adds to it. `stay` is another number for each time that it begins. */
  parts(language, _stay) {
    return load(language);
  }

  /** The program, once it is there. */
  async #running() {
    if (!this.isConnected || !this.#view) throw new Error(this.#say("stopped.outside"));
    if (this.#stopped) throw new Error(this.#stopped);
    return this.#mounted ?? this.#calls.wait();
  }

  /** An attribute changed. Before the program is there nothing has to be done: it begins with them all. */
  #heed(name) {
    if (!this.#mounted || this.#turning) return;
    if (name === "lang") this.#reword();
    else if (name === "autojoin") {
      // What it cannot do, a refused field for instance, stands in the form.
      if (this.autojoin) this.run("join").catch(() => {});
    } else this.#guarded(() => this.#mounted.attribute(this, name));
  }

  #heedWatched(records = this.#watch?.takeRecords() ?? []) {
    const names = new Set(records.map(({ attributeName }) => attributeName));
    for (const name of names) if (name.startsWith("var-")) this.#heed(name);
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
    this.#stopped = undefined;
    this.removeAttribute("data-state");
    const slow = setTimeout(() => this.#sayLoading(stay), MOST_BLANK);
    let parts;
    try {
      if (this.#view !== window) throw Object.assign(new Error("another document"), { sentence: "stopped.elsewhere" });
      // The language may become another while its words are on their way.
      while (!parts || this.#language !== languageOf(this)) {
        this.#language = languageOf(this);
        parts = await this.parts(this.#language, stay);
      }
    } catch (fault) {
      await this.#missProgram(stay, fault);
      return;
    } finally {
      clearTimeout(slow);
    }
    // The element may have left the page, or left and come back, while it waited.
    if (!this.isConnected || stay !== this.#stay) return;
    this.#words = parts.words;
    this.#record = [];
    this.#guarded(() => {
      this.shadowRoot.adoptedStyleSheets = [];
      dress(this.shadowRoot, parts.sheets);
      this.shadowRoot.replaceChildren();
      this.#mounted = parts.glue.mount(this, parts.words, parts.place, () => this.#wake());
    });
    if (!this.#mounted) return;
    this.#nameLanguage();
    this.#watch = new MutationObserver((records) => this.#heedWatched(records));
    this.#watch.observe(this, { attributes: true });
    this.#calls.begin(this.#mounted);
    this.#wake();
  }

  /** Takes over another language, also during a run. Words that cannot be loaded leave the old ones standing. */
  async #reword() {
    const [stay, language] = [this.#stay, languageOf(this)];
    if (!this.#mounted || language === this.#language) return;
    const parts = await this.parts(language, stay).catch(() => undefined);
    if (!parts || !this.#mounted || stay !== this.#stay || language !== languageOf(this)) return;
    [this.#language, this.#words] = [language, parts.words];
    const open = this.#panels.areWanted;
    this.#panels.close();
    this.#guarded(() => this.#mounted.reword(this, parts.words));
    if (!this.#mounted) return;
    this.#nameLanguage();
    if (open) this.#panels.open();
  }

  /** The words are of this language, whatever the page around them is. */
  #nameLanguage() {
    this.shadowRoot.firstElementChild?.setAttribute("lang", this.#language);
  }

  /** Says what is being waited for. The words come long before the program. */
  async #sayLoading(stay) {
    const words = await wordsFor(this.#language).catch(() => undefined);
    if (words && stay === this.#stay && !this.#mounted) this.shadowRoot.replaceChildren(loadingLine(words));
  }

  /** Says why there is no program, in the element's language if its words are there. */
  async #missProgram(stay, fault) {
    const language = languageOf(this);
    const words = await wordsFor(language).catch(() => undefined);
    if (stay !== this.#stay) return;
    [this.#language, this.#words] = words ? [language, words] : ["en", SENTENCES];
    this.#stop("stopped.load", fault);
  }

  /** It left its page for good, or for another one. */
  #depart() {
    if (!this.#view) return;
    for (const kind of LEAVING) this.#view.removeEventListener(kind, this);
    this.#view = undefined;
    this.#end();
  }

  #end() {
    this.#stay += 1;
    this.#place = this.#stopped = undefined;
    this.#free();
    forgetStates(this);
    this.shadowRoot.replaceChildren();
    this.#calls.refuse(this.#say("stopped.gone"));
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
    if (this.#panels.areOpen && details.length > 0) this.#panels.tell(details);
    else if (details.some(({ kind }) => PANELS_AFTER.has(kind))) this.#panels.open();
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
    this.#watch?.disconnect();
    this.#panels.end();
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
    const wasHere = this.shadowRoot.activeElement !== null;
    this.#free();
    forgetStates(this);
    this.#stopped = saidOf(fault, sentence, (id) => this.#say(id));
    this.setAttribute("data-state", "stopped");
    this.#calls.refuse(this.#stopped);
    this.shadowRoot.replaceChildren(stoppedPanel(this.#stopped, this.#record, (id) => this.#say(id), () => this.#begin()));
    this.#nameLanguage();
    if (wasHere) this.shadowRoot.querySelector("button").focus({ preventScroll: true });
  }

  #say(id) {
    return this.#words[id] ?? SENTENCES[id];
  }
}

reflect(WebrtcSteps.prototype);
