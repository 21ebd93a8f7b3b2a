// Whom an element owes an answer: callers that wait for its program, and those whose command is under way.

export class Calls {
  #waiting = [];
  #underWay = new Set();

  /** Promises the program, as soon as there is one. */
  wait() {
    return new Promise((give, refuse) => this.#waiting.push({ give, refuse }));
  }

  /** The program is there. */
  begin(mounted) {
    for (const { give } of this.#waiting.splice(0)) give(mounted);
  }

  /** Promises what a promise of the program promises, unless the program ends before. */
  follow(promise) {
    return new Promise((give, refuse) => {
      this.#underWay.add(refuse);
      const over = (end) => (outcome) => {
        this.#underWay.delete(refuse);
        end(outcome);
      };
      promise.then(over(give), over(refuse));
    });
  }

  /** Refuses whatever was asked and is not done. */
  refuse(sentence) {
    const refused = [...this.#waiting.splice(0).map(({ refuse }) => refuse), ...this.#underWay];
    this.#underWay.clear();
    for (const refuse of refused) refuse(new Error(sentence));
  }
}
