// What happened between the two sides of a pair: what both told, kept in order, and the program that draws it, loaded when it is needed.

import { dress } from "./webrtc-steps-panels.js";

/** Events kept for what is shown later. */
const MOST_RECORDS = 5000;

export class Between {
  /** Where it stands, what stands there until then, the root that it is dressed in, its language and words, and how to give a command. */
  #of;
  /** [side, event] in the order they came. */
  #record;
  /** How many of them are drawn. */
  #told = 0;
  #open;
  #opening = false;
  #over = false;

  constructor(of, record = []) {
    this.#of = of;
    this.#record = record;
    if (record.some(([, { kind }]) => kind === "joined")) this.#load();
  }

  /** Everything that was told, for one that goes on in another language. */
  get record() {
    return this.#record;
  }

  /** Keeps what a side told. */
  note(side, detail) {
    this.#record.push([side, detail]);
    if (this.#record.length > MOST_RECORDS) {
      this.#record.shift();
      this.#told = Math.max(0, this.#told - 1);
    }
    if (detail.kind === "joined") this.#load();
  }

  /** Draws what is new. A mistake in it takes it away and nothing else. */
  draw() {
    if (!this.#open) return;
    try {
      for (const [side, detail] of this.#record.slice(this.#told)) this.#open.tell(side, detail);
      this.#told = this.#record.length;
    } catch (fault) {
      this.#open = undefined;
      this.#miss(fault);
    }
  }

  free() {
    this.#over = true;
    try {
      this.#open?.free();
    } catch {
      // A program that stopped in the middle of its work cannot be asked to take itself down.
    }
  }

  /** The sides ask for the same program, so it is loaded once. */
  async #load() {
    if (this.#open || this.#opening) return;
    this.#opening = true;
    const { place, waiting, root, language, words, run } = this.#of;
    try {
      const { loadPanels } = await import("./webrtc-steps-later.js");
      const later = await loadPanels(language);
      if (this.#over) return;
      dress(root, later.sheets);
      this.#open = later.openBetween(place, { ...words, ...later.words }, run);
      waiting.hidden = true;
      this.draw();
    } catch (fault) {
      this.#miss(fault);
    } finally {
      this.#opening = false;
    }
  }

  #miss(fault) {
    const { waiting, words } = this.#of;
    waiting.hidden = false;
    waiting.textContent = words["panels.failed"].replace("{fault}", () => String(fault?.message ?? fault));
  }
}
