// What a pair shows and does around its two sides. It knows them as any listener does, by their events, and gives their commands.

import { Course, LAST, OWN } from "./webrtc-steps-pair-course.js";
import { build, CLASS, make } from "./webrtc-steps-pair-markup.js";
import { PAIR } from "./webrtc-steps-files.js";
import { load, sheetsOf, wordsOf } from "./webrtc-steps-load.js";
import { dress } from "./webrtc-steps-panels.js";

const NAMES = ["offerer", "answerer"];
/** How long one can look at a step before the next is run, in milliseconds. */
const PACE = 600;
/** Events kept for what is shown later. */
const MOST_RECORDS = 5000;

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

/** Loads what a bench needs in a language, and answers with a way to open one. */
export async function loadBench(language) {
  const [parts, words, sheets] = await Promise.all([load(language), wordsOf(PAIR.words[language]), sheetsOf(PAIR.sheets)]);
  const all = { language, words: { ...parts.words, ...words }, sheets: [...parts.sheets, ...sheets] };
  return (pair, before) => new Bench(pair, all, before);
}

class Bench {
  language;
  #pair;
  #sides;
  #words;
  #at;
  #course = new Course();
  /** What each side told, in order, until what explains it is there, and for a bench in another language. */
  #record = [];
  /** How many of them were shown between the sides. */
  #shown = 0;
  /** Of each side: whether it has just begun, and is in the run. */
  #state = { offerer: { fresh: true, in: false }, answerer: { fresh: true, in: false } };
  /** The two are to be connected: a side that begins anew joins by itself. */
  #wanted;
  #between;
  #opening = false;
  #running = false;
  #timer;
  #queued = false;
  #fails = { offerer: false, answerer: false };
  #ends = new AbortController();
  #watch;

  constructor(pair, { language, words, sheets }, before) {
    this.language = language;
    this.#pair = pair;
    this.#sides = { offerer: pair.offerer, answerer: pair.answerer };
    this.#words = words;
    this.#at = build(words, this.#sides);
    this.#at.frame.lang = language;
    this.#wanted = begins(pair);
    const { signal } = this.#ends;
    for (const name of NAMES) {
      this.#sides[name].onbegin = () => this.#beginsAnew(name);
      this.#sides[name].addEventListener("webrtc-steps", ({ detail }) => this.#take(name, detail), { signal });
    }
    this.#at.page.addEventListener("click", (event) => this.#click(event), { signal });
    this.#watch = new IntersectionObserver((entries) => {
      this.#at.nextbar.dataset.near = String(entries.at(-1).isIntersecting);
    });
    if (before) this.#follow(before);
    pair.shadowRoot.adoptedStyleSheets = [];
    dress(pair.shadowRoot, sheets);
    pair.shadowRoot.replaceChildren(this.#at.frame);
    this.#render();
  }

  /** Takes everything down but the sides, which take themselves down. */
  free() {
    this.#ends.abort();
    this.#stop();
    this.#watch.disconnect();
    for (const name of NAMES) this.#sides[name].onbegin = undefined;
    try {
      this.#between?.free();
    } catch {
      // A program that stopped in the middle of its work cannot be asked to take itself down.
    }
  }

  /** Goes on where a bench in another language was. */
  #follow(before) {
    const { record, state, wanted, fails } = before.#kept();
    before.free();
    this.#wanted = wanted;
    this.#fails = fails;
    for (const [name, detail] of record) this.#note(name, detail);
    this.#state = state;
  }

  #kept() {
    return { record: this.#record, state: this.#state, wanted: this.#wanted, fails: this.#fails };
  }

  /** A side was taken down and begins anew, after it stopped or was away. */
  #beginsAnew(name) {
    this.#state[name] = { fresh: true, in: false };
    this.#course.forget(name);
    this.#fails[name] = false;
    this.#later();
  }

  #take(name, detail) {
    this.#note(name, detail);
    const state = this.#state[name];
    // The first thing a side tells is whom joining would contact.
    if (detail.kind === "contacts" && state.fresh) {
      state.fresh = false;
      if (this.#wanted) this.#join([name]);
    }
    this.#later();
  }

  #note(name, detail) {
    this.#course.take(name, detail);
    this.#record.push([name, detail]);
    if (this.#record.length > MOST_RECORDS) {
      this.#record.shift();
      this.#shown = Math.max(0, this.#shown - 1);
    }
    const state = this.#state[name];
    if (detail.kind === "joining") state.in = true;
    if (detail.kind === "left") state.in = false;
    if (detail.kind === "contacts") this.#contacts(detail.contacts);
    if (detail.kind === "option" && detail.option === "let-me-fail") this.#fails[name] = detail.on;
    if (detail.kind === "joined") this.#explain();
  }

  /** Shows what changed when the present task is over, once. */
  #later() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.#ends.signal.aborted) return;
      this.#render();
      this.#tellBetween();
      this.#goOn();
    });
  }

  // ---------- what the user does ----------

  #click({ target }) {
    const control = target.closest?.("[data-do]");
    if (!control) return;
    switch (control.dataset.do) {
      case "begin":
        this.#wanted = true;
        this.#join(NAMES.filter((name) => !this.#state[name].in), true);
        break;
      case "leave":
        this.#leave();
        break;
      case "rest":
        if (this.#running) this.#stop();
        else this.#start();
        break;
      case "fail": {
        const on = control.getAttribute("aria-checked") !== "true";
        for (const name of NAMES) this.#ask(name, "let-me-fail", on ? "on" : "off");
        break;
      }
      case "tab":
        this.#choose(control.dataset.tab);
        break;
      case "next":
        this.#control()?.click();
        break;
    }
  }

  /** Both sides join over the line; what is wrong with an attribute is said in place of the run. */
  async #join(names, byHand = false) {
    this.#refuse("");
    try {
      await Promise.all(names.map((name) => this.#sides[name].run("join")));
    } catch (fault) {
      this.#wanted = false;
      this.#refuse(fault.message);
      return;
    }
    if (byHand) this.#at.sides.offerer.section.focus({ preventScroll: true });
  }

  async #leave() {
    this.#wanted = false;
    this.#stop();
    await Promise.all(NAMES.map((name) => this.#ask(name, "leave")));
    this.#render();
    this.#at.begin.focus({ preventScroll: true });
  }

  /** Gives a command; a refusal stands beside its control in the side. */
  #ask(name, command, value) {
    return this.#sides[name].run(command, value).catch(() => {});
  }

  #choose(tab) {
    this.#at.page.dataset.tab = tab;
    for (const [name, { tab: button }] of Object.entries(this.#at.tabs)) button.setAttribute("aria-pressed", String(name === tab));
  }

  #refuse(sentence) {
    this.#at.refusal.textContent = sentence;
    this.#at.refusal.hidden = sentence === "";
  }

  // ---------- run the rest ----------

  #start() {
    this.#running = true;
    this.#goOn(0);
    this.#render();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = false;
    this.#render();
  }

  /** Runs the next step of whichever side has one, after a while in which one can see what the last one did. */
  #goOn(pace = PACE) {
    if (!this.#running || this.#timer !== undefined) return;
    if (this.#isOpen()) {
      this.#stop();
      return;
    }
    if (!this.#course.turn()) return;
    this.#timer = setTimeout(async () => {
      const command = this.#control()?.dataset.command;
      const turn = this.#course.turn();
      const done = command && turn ? await this.#sides[turn.side].run(command).then(() => true, () => false) : true;
      this.#timer = undefined;
      if (done) this.#goOn();
      else this.#stop();
    }, pace);
  }

  /** The control of the next step, in the side whose it is. */
  #control() {
    const turn = this.#course.turn();
    return turn && this.#sides[turn.side].shadowRoot.querySelector(`[data-step="${turn.step}"] [data-command]`);
  }

  #isOpen() {
    return NAMES.every((name) => this.#sides[name].dataset.channelState === "open");
  }

  // ---------- what is shown ----------

  #say(id, args = {}) {
    return (this.#words[id] ?? id).replace(/\{(\w+)\}/g, (hole, name) => args[name] ?? hole);
  }

  #render() {
    const { page, rest, fail, again, leave } = this.#at;
    const isIn = NAMES.filter((name) => this.#state[name].in);
    const open = this.#isOpen();
    const turn = this.#course.turn();
    page.dataset.phase = isIn.length > 0 ? "run" : "start";
    page.dataset.open = String(open);
    page.dataset.turn = turn?.side ?? "none";
    this.#pair.dataset.turn = turn?.side ?? "none";
    this.#pair.dataset.open = String(open);
    rest.hidden = open;
    rest.textContent = this.#say(this.#running ? "pair.rest.stop" : "pair.rest");
    again.hidden = isIn.length !== 1;
    leave.hidden = isIn.length === 0;
    fail.setAttribute("aria-checked", String(NAMES.some((name) => this.#fails[name])));
    this.#score(turn, open);
    for (const name of NAMES) this.#side(name, turn, open);
    this.#nextbar(turn);
  }

  #score(turn, open) {
    for (let step = 1; step <= LAST; step += 1) {
      const { classList } = this.#at.nodes.get(step);
      const now = turn?.step === step;
      classList.toggle("now", now);
      classList.toggle("ring", !now && !this.#course.isOver(step));
      classList.toggle("no", this.#course.status(step) === "failed");
    }
    this.#at.said.textContent = turn
      ? this.#say("ui.score.next", { step: turn.step })
      : this.#say("ui.score.done", { count: this.#course.count() });
    this.#at.page.classList.toggle("done", open);
  }

  #side(name, turn, open) {
    const { count, wait, waitHead, waitText } = this.#at.sides[name];
    const isIn = this.#state[name].in;
    count.textContent = this.#say("pair.done", { count: this.#course.count(name), all: OWN });
    const waits = isIn ? !open && this.#course.waits(name) : { head: "pair.wait.away", text: "pair.wait.away.text" };
    const stopped = this.#sides[name].dataset.state === "stopped";
    wait.hidden = !waits || stopped;
    if (waits) {
      waitHead.textContent = this.#say(waits.head);
      waitText.textContent = this.#say(waits.text, { step: waits.step });
    }
    this.#sides[name].toggleAttribute("data-waits", turn !== undefined && turn.side !== name);
    this.#at.tabs[name].turn.hidden = turn?.side !== name;
  }

  #nextbar(turn) {
    const { nextbar, nextNode, nextTitle, nextNote } = this.#at;
    nextbar.hidden = !turn;
    this.#watch.disconnect();
    if (!turn) return;
    const shape = CLASS[turn.side];
    nextbar.className = `nextbar run-only ${shape}`;
    nextNode.className = `node big ${shape}`;
    nextNode.textContent = turn.step;
    nextTitle.textContent = this.#say(`step.${turn.step}.title`);
    nextNote.textContent = this.#say(turn.side === "offerer" ? "pair.nextbar.offerer" : "pair.nextbar.answerer");
    const control = this.#control();
    if (control) this.#watch.observe(control);
  }

  /** Lists whom the sides will contact, and who named it. */
  #contacts(contacts) {
    this.#at.nobody.hidden = contacts.length > 0;
    this.#at.contacts.replaceChildren(
      ...contacts.map(({ host, purpose, namedBy }) =>
        make("li", {}, make("b", { class: "mono" }, host), ` ${this.#say(purpose.id, purpose.args)} `, make("span", { class: "named" }, this.#say(namedBy.id))),
      ),
    );
  }

  // ---------- what happened between the two ----------

  /** Loads what draws both sides' record; the sides ask for the same program. */
  async #explain() {
    if (this.#between || this.#opening) return;
    this.#opening = true;
    try {
      const { loadPanels } = await import("./webrtc-steps-later.js");
      const { openBetween, sheets, words } = await loadPanels(this.language);
      if (this.#ends.signal.aborted) return;
      dress(this.#pair.shadowRoot, sheets);
      this.#between = openBetween(this.#at.between, { ...this.#words, ...words }, (command) => this.#runFor(command));
      this.#at.loading.hidden = true;
      this.#tellBetween();
    } catch (fault) {
      this.#missBetween(fault);
    } finally {
      this.#opening = false;
    }
  }

  #runFor(command) {
    const turn = this.#course.turn();
    return turn ? this.#ask(turn.side, command) : undefined;
  }

  #tellBetween() {
    if (!this.#between) return;
    try {
      for (const [name, detail] of this.#record.slice(this.#shown)) this.#between.tell(name, detail);
      this.#shown = this.#record.length;
    } catch (fault) {
      this.#between = undefined;
      this.#missBetween(fault);
    }
  }

  #missBetween(fault) {
    if (this.#ends.signal.aborted) return;
    this.#at.loading.hidden = false;
    this.#at.loading.textContent = this.#say("panels.failed", { fault: String(fault?.message ?? fault) });
  }
}

/** Whether a pair begins by itself: that contacts nobody, unless it connects by itself or asks a server. */
function begins(pair) {
  if (pair.hasAttribute("autojoin")) return true;
  return (pair.getAttribute("mode") ?? "manual").trim() !== "auto" && !pair.getAttribute("ice-servers");
}
