// A census: listeners, timers, links and connections are counted from its making to its end.

import { plain } from "./page.js";

/** The globals that count while a census is taken. */
const REPLACED = [
  "BroadcastChannel",
  "IntersectionObserver",
  "RTCPeerConnection",
  "WebSocket",
  "XMLHttpRequest",
  "clearTimeout",
  "fetch",
  "setTimeout",
];

let counting;

/** Counts what is alive in the page, and what was contacted, from its making to its end. */
export class Census {
  constructor() {
    counting?.end();
    counting = this;
    this.listeners = [];
    this.timers = new Set();
    this.broadcasts = new Set();
    this.observed = new Set();
    this.connections = [];
    this.sockets = [];
    this.dataChannels = [];
    this.contacts = [];
    this.strays = [];
    this.onStray = (event) => this.strays.push(String(event.reason?.message ?? event.reason ?? event.message));
    for (const kind of ["error", "unhandledrejection"]) plain.add.call(globalThis, kind, this.onStray);
    this.countListeners();
    this.countTimers();
    this.countObjects();
  }

  end() {
    EventTarget.prototype.addEventListener = plain.add;
    EventTarget.prototype.removeEventListener = plain.remove;
    for (const name of REPLACED) globalThis[name] = plain[name];
    for (const kind of ["error", "unhandledrejection"]) plain.remove.call(globalThis, kind, this.onStray);
    counting = undefined;
  }

  /** What is alive now, each with a name: empty when everything was taken down. */
  alive() {
    const open = (list, state, over) => list.filter((one) => !over.includes(one[state])).map((one) => one.constructor.name);
    return [
      ...this.listeners.map(({ target, type }) => `listener ${type} on ${target.constructor.name}`),
      ...[...this.timers].map(() => "timer"),
      ...[...this.broadcasts].map(() => "open BroadcastChannel"),
      ...[...this.observed].map(() => "observed element"),
      ...open(this.connections, "signalingState", ["closed"]),
      ...open(this.sockets, "readyState", [2, 3]),
    ];
  }

  connection(index) {
    return this.connections[index];
  }

  dataChannel(index) {
    return this.dataChannels[index];
  }

  socket(index) {
    return this.sockets[index];
  }

  countListeners() {
    const { listeners } = this;
    const captures = (options) => Boolean(typeof options === "object" ? options?.capture : options);
    const find = (target, type, listener, options) =>
      listeners.findIndex(
        (one) => one.target === target && one.type === type && one.listener === listener && one.capture === captures(options),
      );
    const forget = (...which) => {
      const index = find(...which);
      if (index >= 0) listeners.splice(index, 1);
    };
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const target = this ?? globalThis;
      if (find(target, type, listener, options) < 0) {
        listeners.push({ target, type, listener, capture: captures(options) });
        // The browser removes such a listener by itself.
        if (options?.once) plain.add.call(target, type, () => forget(target, type, listener, options), options);
      }
      return plain.add.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      const target = this ?? globalThis;
      forget(target, type, listener, options);
      return plain.remove.call(target, type, listener, options);
    };
  }

  countTimers() {
    const { timers } = this;
    globalThis.setTimeout = (work, wait) => {
      const timer = plain.setTimeout(() => {
        timers.delete(timer);
        work();
      }, wait);
      timers.add(timer);
      return timer;
    };
    globalThis.clearTimeout = (timer) => {
      timers.delete(timer);
      plain.clearTimeout(timer);
    };
  }

  countObjects() {
    const census = this;
    const made = (kind, list) => ({
      [kind]: class extends plain[kind] {
        constructor(...given) {
          super(...given);
          census.contacts.push(kind);
          list?.push(this);
        }
      },
    })[kind];
    globalThis.WebSocket = made("WebSocket", this.sockets);
    globalThis.XMLHttpRequest = made("XMLHttpRequest");
    globalThis.fetch = (...given) => {
      census.contacts.push("fetch");
      return plain.fetch(...given);
    };
    globalThis.BroadcastChannel = class extends made("BroadcastChannel") {
      constructor(name) {
        super(name);
        census.broadcasts.add(this);
      }
      close() {
        census.broadcasts.delete(this);
        super.close();
      }
    };
    globalThis.RTCPeerConnection = class extends made("RTCPeerConnection", this.connections) {
      constructor(configuration) {
        super(configuration);
        plain.add.call(this, "datachannel", ({ channel }) => census.dataChannels.push(channel));
      }
      createDataChannel(...given) {
        const channel = super.createDataChannel(...given);
        census.dataChannels.push(channel);
        return channel;
      }
    };
    globalThis.IntersectionObserver = class extends plain.IntersectionObserver {
      watched = new Set();
      observe(element) {
        this.watched.add(element);
        census.observed.add(element);
        super.observe(element);
      }
      unobserve(element) {
        this.watched.delete(element);
        census.observed.delete(element);
        super.unobserve(element);
      }
      disconnect() {
        for (const element of this.watched) census.observed.delete(element);
        this.watched.clear();
        super.disconnect();
      }
    };
  }
}
