// The page as the tests need it: the element's part, waiting for something to happen, and a person's hands.

const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;

/** What the browser itself offers, whatever stands in its place later. */
export const plain = { add, remove };
for (const name of ["setTimeout", "clearTimeout", "fetch"]) plain[name] = globalThis[name].bind(globalThis);
for (const name of ["BroadcastChannel", "IntersectionObserver", "RTCPeerConnection", "WebSocket", "XMLHttpRequest"]) {
  plain[name] = globalThis[name];
}

/** Those who wait for something to happen. */
let waiting = [];

/** Something happened: whoever waits looks again. */
export function stir() {
  for (const go of waiting.splice(0)) go(true);
}

/** Resolves with true when anything happens, with false when nothing did for so many milliseconds. */
export function stirred(milliseconds) {
  return new Promise((resolve) => {
    const timer = plain.setTimeout(() => resolve(false), milliseconds);
    waiting.push((happened) => {
      plain.clearTimeout(timer);
      resolve(happened);
    });
  });
}

/** Resolves when a peer connection of its own has made an offer and a task has passed: older calls have had their turn. */
export async function browserCaughtUp() {
  const connection = new plain.RTCPeerConnection();
  connection.createDataChannel("probe");
  await connection.setLocalDescription(await connection.createOffer());
  connection.close();
  await new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(0);
  });
}

/** Puts a text into a field as typing does. */
export function type(field, text) {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
}

/** Chooses from a list as a person does. */
export function choose(list, value) {
  list.value = value;
  for (const kind of ["input", "change"]) list.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
}

/** Chooses a file of this name and text in a file field, as a person does. */
export function chooseFile(field, name, text) {
  const files = new DataTransfer();
  files.items.add(new File([text], name));
  field.files = files.files;
  field.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
}

/** Makes every change of a node's text throw. */
export function sabotage(node) {
  Object.defineProperty(node, "textContent", {
    get: () => "",
    set: () => {
      throw new Error("sabotaged");
    },
  });
}

/** Dispatches a message as the browser does when one came. */
export function handIn(target, data) {
  target.dispatchEvent(new MessageEvent("message", { data }));
}

/** The element's part, as www/webrtc-steps.js plays it: turns when woken, and collects what is told. */
export class Stand {
  constructor(attributes) {
    this.host = document.createElement("div");
    for (const [name, value] of Object.entries(JSON.parse(attributes))) this.host.setAttribute(name, value);
    this.host.attachShadow({ mode: "open" });
    document.body.append(this.host);
    this.wakeIt = () => this.wake();
    this.begin();
  }

  begin() {
    this.details = [];
    this.faults = [];
    this.queued = false;
    this.turning = false;
  }

  hold(mounted) {
    this.mounted = mounted;
  }

  wake() {
    if (this.queued) return;
    this.queued = true;
    queueMicrotask(() => {
      this.queued = false;
      this.turn((mounted) => mounted.turn());
    });
  }

  turn(work) {
    if (!this.mounted || this.turning) return;
    this.turning = true;
    try {
      this.details.push(...work(this.mounted));
    } catch (fault) {
      this.faults.push(String(fault?.message ?? fault));
    }
    this.turning = false;
    stir();
  }

  detailsFrom(index) {
    return JSON.stringify(this.details.slice(index));
  }

  run(command, value) {
    return this.mounted.run(command, value);
  }

  record() {
    return this.mounted.record();
  }

  leavePage() {
    this.turn((mounted) => mounted.leave_page());
  }

  /** What freeing threw, if it did. */
  free() {
    const mounted = this.mounted;
    this.mounted = undefined;
    try {
      mounted?.free();
    } catch (fault) {
      return String(fault?.message ?? fault);
    }
  }
}
