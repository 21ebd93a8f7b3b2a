// Shows how far a pair is: the score, whose turn it is, what the other side waits for, the tabs and the bar at the bottom.

import { LAST, OWN } from "./webrtc-steps-pair-course.js";
import { CLASS, make } from "./webrtc-steps-pair-markup.js";

/** What stays free around the next step, in pixels. */
const MARGIN = 16;

export class Show {
  #at;
  #words;
  #watch;
  /** The step that was next when it was last shown. */
  #last;
  /** Its control. */
  #control;

  constructor(at, words) {
    this.#at = at;
    this.#words = words;
    // While the step's own button is in view, the bar at the bottom has nothing to add.
    this.#watch = new IntersectionObserver((entries) => {
      const near = entries.at(-1).isIntersecting;
      // Whoever is in the bar that goes away goes on at the control itself.
      if (near && at.nextbar.contains(this.#active())) this.#control?.focus({ preventScroll: true });
      at.nextbar.dataset.near = String(near);
    });
  }

  free() {
    this.#watch.disconnect();
  }

  /** `sides` has for each whether it is in the run and whether it stopped; `control` is the next step's. */
  all({ course, sides, open, runs, fails, control }) {
    const { page, rest, fail, again, leave } = this.#at;
    const turn = course.turn();
    const all = Object.values(sides);
    const begun = all.some((side) => side.isIn || side.stopped);
    page.dataset.phase = begun ? "run" : "start";
    page.dataset.open = String(open);
    page.classList.toggle("open", open);
    if (open && this.#active() === rest) this.#at.sides.offerer.section.focus({ preventScroll: true });
    rest.hidden = open;
    rest.textContent = this.#say(runs ? "pair.rest.stop" : "pair.rest");
    again.hidden = !all.some((side) => !side.isIn && !side.stopped) || !begun;
    leave.hidden = !begun;
    fail.setAttribute("aria-checked", String(fails));
    this.#score(course, turn);
    for (const [name, side] of Object.entries(sides)) this.#side(name, side, { course, turn, open });
    this.#nextbar(turn, control);
    if (turn && turn.step !== this.#last) this.#bring(this.#at.sides[turn.side].section, control);
    this.#last = turn?.step;
  }

  #active() {
    return this.#at.page.getRootNode().activeElement;
  }

  choose(tab) {
    this.#at.page.dataset.tab = tab;
    for (const [name, { tab: button }] of Object.entries(this.#at.tabs)) button.setAttribute("aria-pressed", String(name === tab));
  }

  refuse(sentence) {
    this.#at.refusal.textContent = sentence;
    this.#at.refusal.hidden = sentence === "";
  }

  /** Lists whom the sides will contact, and who named it. */
  contacts(contacts) {
    const line = ({ host, purpose, namedBy }) =>
      make("li", {}, make("b", { class: "mono" }, host), ` ${this.#say(purpose.id, purpose.args)} `, make("span", { class: "named" }, this.#say(namedBy.id)));
    this.#at.nobody.hidden = contacts.length > 0;
    this.#at.contacts.replaceChildren(...contacts.map(line));
  }

  #say(id, args = {}) {
    return (this.#words[id] ?? id).replace(/\{(\w+)\}/g, (hole, name) => args[name] ?? hole);
  }

  #score(course, turn) {
    for (let step = 1; step <= LAST; step += 1) {
      const { classList } = this.#at.nodes.get(step);
      const now = turn?.step === step;
      classList.toggle("now", now);
      classList.toggle("ring", !now && !course.isOver(step));
      classList.toggle("no", course.status(step) === "failed");
    }
    this.#at.said.textContent = turn
      ? this.#say("ui.score.next", { step: turn.step })
      : this.#say("ui.score.done", { count: course.count() });
  }

  #side(name, { isIn, stopped }, { course, turn, open }) {
    const { count, wait, waitHead, waitText } = this.#at.sides[name];
    count.textContent = this.#say("pair.done", { count: course.count(name), all: OWN });
    const waits = isIn ? !open && course.waits(name) : { head: "pair.wait.away", text: "pair.wait.away.text" };
    wait.hidden = !waits || stopped;
    if (waits) {
      waitHead.textContent = this.#say(waits.head);
      waitText.textContent = this.#say(waits.text, { step: waits.step });
    }
    this.#at.tabs[name].turn.hidden = turn?.side !== name;
  }

  /** A pane that scrolls by itself shows the next step; the page around it stays where it is. */
  #bring(pane, control) {
    const card = control?.closest("[data-step]");
    if (!card || !/auto|scroll/.test(getComputedStyle(pane).overflowY)) return;
    const [box, own] = [pane.getBoundingClientRect(), card.getBoundingClientRect()];
    const [above, below] = [own.top - box.top - MARGIN, own.bottom - box.bottom + MARGIN];
    if (above < 0) pane.scrollTop += above;
    else if (below > 0) pane.scrollTop += Math.min(above, below);
  }

  #nextbar(turn, control) {
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
    this.#control = control;
    if (control) this.#watch.observe(control);
  }
}
