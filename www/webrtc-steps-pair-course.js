// How far the two sides of a pair are: whose turn it is, and what the other one waits for. It only reads what both tell of their steps.

/** The 26 steps, in their five stages. */
export const STAGES = [
  [1, 9],
  [10, 10],
  [11, 22],
  [23, 23],
  [24, 26],
];
export const LAST = 26;
/** Each side has this many steps of its own; two are the endpoint's. */
export const OWN = 12;

/** The other steps go on while one of these is still to come. */
const BESIDE = new Set([1, 3, 7, 9, 13, 15, 20]);

/** Who acts in a step. */
export function actorOf(step) {
  if (step === 10 || step === 23) return "endpoint";
  return step > 10 && step < 23 ? "answerer" : "offerer";
}

/** Who tells of a step: of the endpoint's, the side that gets what was passed on. */
function tellerOf(step) {
  if (step === 10) return "answerer";
  return step === 23 ? "offerer" : actorOf(step);
}

const isOver = (status) => status === "done" || status === "skipped";

export class Course {
  /** The status of each step, by its number, as its teller sees it. */
  #status = new Map();

  /** Takes an event of a side. */
  take(side, { kind, step, status }) {
    if (kind === "step" && tellerOf(step) === side) this.#status.set(step, status);
  }

  /** A side begins anew. */
  forget(side) {
    for (const step of [...this.#status.keys()]) {
      if (tellerOf(step) === side) this.#status.delete(step);
    }
  }

  status(step) {
    return this.#status.get(step) ?? "waiting";
  }

  isOver(step) {
    return isOver(this.status(step));
  }

  /** How many steps are over: a side's own, or all. */
  count(side) {
    return [...this.#status].filter(([step, status]) => isOver(status) && (!side || actorOf(step) === side)).length;
  }

  /** The one step to take now and whose it is: where both sides have one, the earlier of the course. */
  turn() {
    const next = [...this.#status].filter(([, status]) => status === "next").map(([step]) => step);
    if (next.length === 0) return undefined;
    const step = Math.min(...next);
    return { step, side: actorOf(step) };
  }

  /** The first step of its own that a side has before it. */
  #ahead(side) {
    for (let step = 1; step <= LAST; step += 1) {
      if (actorOf(step) === side && !BESIDE.has(step) && !this.isOver(step)) return step;
    }
    return undefined;
  }

  /** What a side waits for: the ids of two sentences and their arguments. Nothing while it acts itself. */
  waits(side) {
    const turn = this.turn();
    if (turn?.side === side) return undefined;
    const step = this.#ahead(side);
    if (step === undefined) return { head: "pair.wait.connection", text: "pair.wait.connection.text" };
    if (step === 12) return { head: "pair.wait.offer", text: "pair.wait.offer.text", step };
    if (step === 24) return { head: "pair.wait.answer", text: "pair.wait.answer.text", step };
    if (!turn) return undefined;
    return { head: "pair.wait.candidates", text: "pair.wait.candidates.text", step };
  }
}
