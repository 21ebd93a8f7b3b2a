// Runs the steps that are left, one after the other, as slowly as one can follow.

/** How long one can look at what a step did before the next is run, in milliseconds. */
const PACE = 600;

export class Rest {
  /** `next()` gives the next step as a function, or nothing; `isOver()` tells when there is nothing left; `changed()` hears of starts and ends. */
  #of;
  #runs = false;
  #timer;

  constructor(of) {
    this.#of = of;
  }

  get runs() {
    return this.#runs;
  }

  start() {
    this.#runs = true;
    this.goOn(0);
    this.#of.changed();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#runs) return;
    this.#runs = false;
    this.#of.changed();
  }

  /** Called when something changed: perhaps there is a next step now. */
  goOn(pace = PACE) {
    if (!this.#runs || this.#timer !== undefined) return;
    if (this.#of.isOver()) this.stop();
    else if (this.#of.next()) this.#timer = setTimeout(() => this.#step(), pace);
  }

  async #step() {
    const timer = this.#timer;
    try {
      await this.#of.next()?.();
    } catch {
      // Why it was refused stands in the side. Going on would only be refused again.
      this.stop();
      return;
    }
    // It may have been stopped, and started again, meanwhile.
    if (this.#timer !== timer) return;
    this.#timer = undefined;
    this.goOn();
  }
}
