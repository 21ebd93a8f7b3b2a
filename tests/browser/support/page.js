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

// The other side of a room of tabs, worked by hand.


/** A peer in a room of tabs that speaks the wire format by itself, so that it can say what no page of ours would. */
export class Peer {
  constructor(room, id) {
    this.id = id;
    this.other = "";
    this.lines = [];
    this.received = [];
    this.greetings = [];
    this.mend = (sdp) => sdp;
    this.work = Promise.resolve();
    this.channel = new plain.BroadcastChannel(`webrtc-steps ${room}`);
    this.channel.onmessage = ({ data }) => {
      this.hear(...data);
      stir();
    };
    this.connection = new plain.RTCPeerConnection();
    this.connection.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) this.signal(JSON.stringify({ candidate }));
    };
    this.connection.ondatachannel = ({ channel }) => this.take(channel);
    this.post("hello", "", "");
  }

  /** Says in its descriptions that it takes no message above so many bytes. */
  takeAtMost(bytes) {
    this.mend = (sdp) => sdp.replace(/a=max-message-size:\d+/, `a=max-message-size:${bytes}`);
  }

  /** Texts that are sent the moment the channel opens, before anything else can happen. */
  greetWith(texts) {
    this.greetings = texts;
  }

  async offer() {
    this.take(this.connection.createDataChannel("chat"));
    await this.describe();
  }

  say(text) {
    this.talk.send(text);
  }

  signal(text) {
    this.post("signal", this.other, text);
  }

  raw(line) {
    this.channel.postMessage(line);
  }

  heard() {
    return JSON.stringify(this.lines);
  }

  end() {
    this.channel.close();
    this.connection.close();
  }

  post(kind, to, text) {
    this.channel.postMessage([kind, this.id, to, text]);
  }

  take(channel) {
    this.talk = channel;
    channel.onmessage = ({ data }) => {
      this.received.push(data);
      stir();
    };
    const greet = () => {
      for (const text of this.greetings.splice(0)) channel.send(text);
      stir();
    };
    if (channel.readyState === "open") greet();
    else channel.onopen = greet;
  }

  hear(kind, from, to, text) {
    if (to && to !== this.id) return;
    this.lines.push([kind, from, to, text]);
    if (kind === "hello") this.post("here", from, "in");
    if (kind === "hello" || kind === "here") this.other ||= from;
    if (kind === "signal") this.work = this.work.then(() => this.read(JSON.parse(text)));
  }

  async read({ description, candidate }) {
    if (candidate?.candidate) await this.connection.addIceCandidate(candidate);
    if (!description) return;
    await this.connection.setRemoteDescription(description);
    if (description.type === "offer") await this.describe();
  }

  async describe() {
    await this.connection.setLocalDescription();
    const { type, sdp } = this.connection.localDescription;
    this.signal(JSON.stringify({ description: { type, sdp: this.mend(sdp) } }));
  }
}

// A relay inside the page, for the socket transport.


/** A relay inside the page: every WebSocket that is made while it runs leads to it. It speaks as relay/ does. */
export class Relay {
  constructor() {
    this.seats = [];
    this.urls = [];
    this.closed = [];
    this.before = globalThis.WebSocket;
    const relay = this;
    globalThis.WebSocket = class extends EventTarget {
      readyState = 0;
      constructor(url) {
        super();
        plain.setTimeout(() => relay.open(this, new URL(url)));
        relay.urls.push(url);
      }
      send(text) {
        if (this.readyState === 1) relay.pass(this, JSON.parse(text));
      }
      close(code) {
        relay.closed.push(code);
        relay.lose(this, code);
      }
      tell(message) {
        this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }));
      }
    };
  }

  end() {
    globalThis.WebSocket = this.before;
  }

  /** Loses every socket, as a relay that crashed does. */
  drop() {
    for (const { socket } of [...this.seats]) this.lose(socket, 1006);
  }

  /** Says any text to everybody, whoever they are. */
  say(text) {
    for (const { socket } of this.seats) socket.dispatchEvent(new MessageEvent("message", { data: text }));
  }

  open(socket, url) {
    if (socket.readyState !== 0) return;
    socket.readyState = 1;
    socket.dispatchEvent(new Event("open"));
    const resume = url.searchParams.get("resume");
    const id = resume?.replace("token-", "") ?? `seat${this.urls.length}`;
    const room = url.pathname;
    const others = this.others(room, id);
    this.seats = this.seats.filter((seat) => seat.id !== id).concat({ socket, room, id });
    socket.tell({ joined: { self: id, peers: others.map((seat) => seat.id), resume: `token-${id}`, version: 1 } });
    for (const other of others) other.socket.tell({ "peer-joined": id });
  }

  others(room, id) {
    return this.seats.filter((seat) => seat.room === room && seat.id !== id);
  }

  pass(socket, { to, data }) {
    const { id, room } = this.seats.find((seat) => seat.socket === socket);
    for (const other of this.others(room, id)) if (!to || to === other.id) other.socket.tell({ from: id, data });
  }

  lose(socket, code) {
    if (socket.readyState > 1) return;
    socket.readyState = 3;
    const gone = this.seats.find((seat) => seat.socket === socket);
    this.seats = this.seats.filter((seat) => seat !== gone);
    if (gone) for (const other of this.others(gone.room, gone.id)) other.socket.tell({ "peer-left": gone.id });
    socket.dispatchEvent(new CloseEvent("close", { code }));
  }
}
