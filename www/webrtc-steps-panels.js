// The panels of one element: loaded when they are first needed, told what happens, taken down with it. Without them the steps work as well.

import { saidOf } from "./webrtc-steps-stopped.js";

/** Adds style sheets to a shadow root. */
export function dress(root, sheets) {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheets];
}

export class Panels {
  /** What they are opened on: `root`, `now()` (the program, its words and their language, or nothing), `say(id)`, `run`. */
  #of;
  /** The open panels; a promise of whether they opened, once somebody asked for them. */
  #open;
  #opening;
  /** Which looks are on: of the panels, of the workbench. */
  #dressed = {};
  /** Counts the times that they were taken down: what was begun before one no longer counts. */
  #round = 0;

  constructor(of) {
    this.#of = of;
  }

  /** Whether they are there. */
  get areOpen() {
    return Boolean(this.#open);
  }

  /** Whether they are there, or on their way. */
  get areWanted() {
    return Boolean(this.#opening);
  }

  /** Loads what explains, diagnoses and records, and shows it. Answers with whether it is there. */
  open() {
    const opening = (this.#opening ??= this.#load(this.#of.now()).catch((fault) => {
      if (this.#opening === opening) this.#opening = undefined;
      this.#miss(fault);
      return false;
    }));
    return opening;
  }

  async #load(at) {
    const round = this.#round;
    const { loadPanels } = await import("./webrtc-steps-later.js");
    const { open, sheets, words } = await loadPanels(at.language);
    const now = this.#of.now();
    if (now?.mounted !== at.mounted || round !== this.#round) return false;
    // The language has become another meanwhile.
    if (now.language !== at.language) return this.#load(now);
    this.#dress("panels", sheets);
    this.#open = open(this.#of.root.host, { ...now.words, ...words }, now.mounted.record(), this.#of.run);
    return true;
  }

  /** Nobody who only takes the steps waits for the look of the workbench. */
  async dressWorkbench() {
    try {
      const { workbenchSheets } = await import("./webrtc-steps-later.js");
      // Where it stands is known only now.
      if (this.#dress("workbench", await workbenchSheets())) this.#of.root.querySelector(".wb")?.scrollIntoView();
    } catch {
      // It works without its look; the next click tries again.
    }
  }

  /** Puts a look on, once; whether it was not on before. */
  #dress(name, sheets) {
    if (this.#dressed[name] || !this.#of.now()) return false;
    dress(this.#of.root, sheets);
    this.#dressed[name] = true;
    return true;
  }

  /** Tells them what happened. A mistake in the panels takes the panels away and nothing else. */
  tell(details) {
    try {
      this.#open.tell(details);
    } catch (fault) {
      this.close();
      this.#miss(fault);
    }
  }

  /** Says in place of the panels why they are not there; a click tries again. */
  #miss(fault) {
    const place = this.#of.root.querySelector("[data-place=panels]");
    if (!place) return;
    const said = document.createElement("p");
    said.textContent = saidOf(fault, "panels.failed", this.#of.say);
    const again = Object.assign(document.createElement("button"), { type: "button", className: "do-it", textContent: this.#of.say("panels.again") });
    again.dataset.view = "panels";
    place.replaceChildren(said, again);
  }

  /** Takes them down; they can be opened again, in other words or on another run. */
  close() {
    const panels = this.#open;
    this.#open = this.#opening = undefined;
    this.#round += 1;
    try {
      panels?.free();
    } catch {
      // A program that stopped in the middle of its work cannot be asked to take itself down.
    }
  }

  /** The element was emptied, its looks as well. */
  end() {
    this.close();
    this.#dressed = {};
  }
}
