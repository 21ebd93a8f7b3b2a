// What a pair does around its two sides. It knows them as any listener does, by their events, and gives their commands.

import { PAIR } from "./webrtc-steps-files.js";
import { load, sheetsOf, wordsOf } from "./webrtc-steps-load.js";
import { Between } from "./webrtc-steps-pair-between.js";
import { Course } from "./webrtc-steps-pair-course.js";
import { build } from "./webrtc-steps-pair-markup.js";
import { Rest } from "./webrtc-steps-pair-rest.js";
import { Show } from "./webrtc-steps-pair-show.js";
import { dress } from "./webrtc-steps-panels.js";

const NAMES = ["offerer", "answerer"];

/** What a side of a pair is made of: an element that shows no more than its own steps, in words that say whose they are. */
export async function loadSide(language, name) {
  const [parts, words, sheets] = await Promise.all([load(language), wordsOf(PAIR.words[language]), sheetsOf(PAIR.side)]);
  const [next, steps] = name === "offerer" ? ["pair.next.offerer", "pair.steps.offerer"] : ["pair.next.answerer", "pair.steps.answerer"];
  return {
    ...parts,
    sheets: [...parts.sheets, ...sheets],
    words: { ...parts.words, "ui.next": words[next], "ui.pane.steps": words[steps] },
  };
}

/** Loads what a bench needs in a language, and answers with a way to open one; `before` is the one that it takes the place of. */
export async function loadBench(language) {
  const [parts, words, sheets] = await Promise.all([load(language), wordsOf(PAIR.words[language]), sheetsOf(PAIR.sheets)]);
  const all = { language, words: { ...parts.words, ...words }, sheets: [...parts.sheets, ...sheets] };
  return (pair, before) => new Bench(pair, all, before);
}

class Bench {
  language;
  #pair;
  #sides;
  #at;
  #show;
  #between;
  #course = new Course();
  #rest = new Rest({ next: () => this.#next(), isOver: () => this.#isOpen(), changed: () => this.#later() });
  /** Of each side: whether it has told nothing yet, is in the run, and lets forbidden calls fail. */
  #state = { offerer: { fresh: true }, answerer: { fresh: true } };
  /** The two are to be connected: a side that begins anew joins by itself. */
  #wanted;
  /** Those who wait until a side has joined. */
  #waiting = [];
  #queued = false;
  #ends = new AbortController();
  #watch = new MutationObserver(() => this.#stopped());

  constructor(pair, { language, words, sheets }, before) {
    this.language = language;
    this.#pair = pair;
    this.#sides = { offerer: pair.offerer, answerer: pair.answerer };
    this.#at = build(words, this.#sides);
    this.#at.frame.lang = language;
    this.#show = new Show(this.#at, words);
    this.#wanted = before ? before.#wanted : beginsItself(pair);
    if (before) this.#follow(before);
    const { between: place, loading: waiting } = this.#at;
    const root = pair.shadowRoot;
    root.adoptedStyleSheets = [];
    dress(root, sheets);
    this.#between = new Between({ place, waiting, root, language, words, run: (command) => this.#runNow(command) }, before?.#between.record);
    this.#listen();
    root.replaceChildren(this.#at.frame);
    this.#render();
  }

  /** Takes everything down but the sides, which take themselves down. */
  free() {
    this.#ends.abort();
    this.#watch.disconnect();
    this.#rest.stop();
    this.#show.free();
    this.#between.free();
    for (const name of NAMES) this.#sides[name].onbegin = undefined;
    this.#letGo();
  }

  /** Promises that a side that joins by itself has joined, or will not. */
  async joined(name) {
    while (this.#wanted && !this.#ends.signal.aborted && !this.#state[name].joined && !this.#hasStopped(name)) {
      await new Promise((go) => this.#waiting.push(go));
    }
  }

  #letGo() {
    for (const go of this.#waiting.splice(0)) go();
  }

  /** What the click on its button does. */
  begin() {
    this.#wanted = true;
    // One that is only just beginning joins when it can.
    return this.#join(NAMES.filter((name) => !this.#state[name].fresh && !this.#state[name].isIn && !this.#hasStopped(name)));
  }

  /** Goes on where a bench in another language was. */
  #follow(before) {
    before.free();
    for (const [name, detail] of before.#between.record) this.#know(name, detail);
    this.#state = before.#state;
    for (const name of NAMES) if (this.#hasStopped(name)) this.#course.forget(name);
  }

  #listen() {
    const { signal } = this.#ends;
    for (const name of NAMES) {
      const side = this.#sides[name];
      side.onbegin = () => this.#beginsAnew(name);
      side.addEventListener("webrtc-steps", ({ detail }) => this.#take(name, detail), { signal });
      this.#watch.observe(side, { attributeFilter: ["data-state"] });
    }
    this.#at.page.addEventListener("click", (event) => this.#click(event), { signal });
  }

  // ---------- what the sides tell ----------

  #take(name, detail) {
    this.#between.note(name, detail);
    this.#know(name, detail);
    const state = this.#state[name];
    // The first thing a side tells is whom joining would contact.
    if (detail.kind === "contacts" && state.fresh) {
      state.fresh = false;
      if (this.#wanted) this.#join([name]);
    }
    this.#later();
  }

  #know(name, detail) {
    const state = this.#state[name];
    this.#course.take(name, detail);
    if (detail.kind === "joining") state.isIn = true;
    if (detail.kind === "left") state.isIn = state.joined = false;
    if (detail.kind === "joined") {
      state.joined = true;
      this.#letGo();
    }
    if (detail.kind === "contacts") this.#show.contacts(detail.contacts);
    if (detail.kind === "option" && detail.option === "let-me-fail") state.fails = detail.on;
  }

  /** A side was taken down and begins anew, after it stopped or was away. */
  #beginsAnew(name) {
    this.#state[name] = { fresh: true };
    this.#course.forget(name);
    this.#later();
  }

  /** A side shows why it stopped; the other goes on. */
  #stopped() {
    for (const name of NAMES.filter((one) => this.#hasStopped(one))) {
      this.#state[name].isIn = this.#state[name].joined = false;
      this.#course.forget(name);
    }
    this.#letGo();
    this.#later();
  }

  #hasStopped(name) {
    return this.#sides[name].dataset.state === "stopped";
  }

  #isOpen() {
    return NAMES.every((name) => this.#sides[name].dataset.channelState === "open");
  }

  // ---------- what the user does ----------

  #click({ target }) {
    const control = target.closest?.("[data-do]");
    switch (control?.dataset.do) {
      case "begin":
        this.#beginByHand();
        break;
      case "leave":
        this.#leave();
        break;
      case "rest":
        if (this.#rest.runs) this.#rest.stop();
        else this.#rest.start();
        break;
      case "fail": {
        const value = control.getAttribute("aria-checked") !== "true";
        for (const name of NAMES) this.#ask(name, "let-me-fail", value);
        break;
      }
      case "tab":
        this.#show.choose(control.dataset.tab);
        break;
      case "next":
        this.#control()?.click();
        break;
    }
  }

  async #beginByHand() {
    if (await this.begin()) this.#at.sides.offerer.section.focus({ preventScroll: true });
  }

  /** Joins over the line. What is wrong with an attribute is said in place of the run. */
  async #join(names) {
    this.#show.refuse("");
    try {
      await Promise.all(names.map((name) => this.#sides[name].run("join")));
      return true;
    } catch (fault) {
      this.#wanted = false;
      this.#letGo();
      this.#show.refuse(fault.message);
      return false;
    }
  }

  async #leave() {
    this.#wanted = false;
    this.#letGo();
    this.#rest.stop();
    await Promise.all(NAMES.map((name) => this.#ask(name, "leave")));
    this.#render();
    this.#at.begin.focus({ preventScroll: true });
  }

  /** Gives a command; a refusal stands beside its control in the side. */
  #ask(name, command, value) {
    return this.#sides[name].run(command, value).catch(() => {});
  }

  #runNow(command) {
    const turn = this.#course.turn();
    return turn && this.#ask(turn.side, command);
  }

  /** The control of the next step, in the side whose it is. */
  #control() {
    const turn = this.#course.turn();
    return turn && this.#sides[turn.side].shadowRoot.querySelector(`[data-step="${turn.step}"] [data-command]`);
  }

  /** The next step, to be run. */
  #next() {
    const turn = this.#course.turn();
    const command = this.#control()?.dataset.command;
    return command && (() => this.#sides[turn.side].run(command));
  }

  // ---------- what is shown ----------

  /** Shows what changed when the present task is over, once. */
  #later() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.#ends.signal.aborted) return;
      this.#render();
      this.#between.draw();
      this.#rest.goOn();
    });
  }

  #render() {
    const turn = this.#course.turn();
    const open = this.#isOpen();
    const sides = {};
    for (const name of NAMES) {
      sides[name] = { isIn: Boolean(this.#state[name].isIn), stopped: this.#hasStopped(name) };
      // Its next step, if it has one too, is none to act on now.
      this.#sides[name].toggleAttribute("data-waits", turn !== undefined && turn.side !== name);
    }
    this.#pair.dataset.turn = turn?.side ?? "none";
    this.#pair.dataset.open = String(open);
    const fails = NAMES.some((name) => this.#state[name].fails);
    this.#show.all({ course: this.#course, sides, open, runs: this.#rest.runs, fails, control: this.#control() });
  }
}

/** Whether a pair begins by itself: that contacts nobody, unless it connects by itself or asks a server. */
function beginsItself(pair) {
  if (pair.hasAttribute("autojoin")) return true;
  return (pair.getAttribute("mode") ?? "manual").trim() !== "auto" && !pair.getAttribute("ice-servers");
}
