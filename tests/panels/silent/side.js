// A peer connection as other people's programs use it; what the browser tells of it is kept as the facts of a record.

const named = (name, call) => (call.startsWith("set") ? `${call}(${name})` : `${call}()`);

/** Resolves after so many milliseconds: to be late is what some of these programs do wrong. */
export const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** One side of a connection, and what it hears. */
export class Side {
  facts = [];

  constructor(role, { config = {}, listens = true, run = {} } = {}) {
    this.tell("joining", {
      endpoint: "tabs:", room: "blue", mode: "manual", dialect: "tabs", iceServers: (config.iceServers ?? []).map(({ urls }) => urls),
      vars: [], hosts: [], alone: false, tellsPeers: true, relayOnly: false, ...run,
    });
    this.tell("peer-joined", { peer: "b7e2" });
    this.tell("role", { role, why: { id: "role.asked", args: {} } });
    this.connection = new RTCPeerConnection(config);
    this.states = this.connection;
    for (const [event, name] of [
      ["signalingstatechange", "signalingState"],
      ["icegatheringstatechange", "iceGatheringState"],
      ["iceconnectionstatechange", "iceConnectionState"],
      ["connectionstatechange", "connectionState"],
    ]) {
      this.state(name);
      this.connection.addEventListener(event, () => this.state(name));
    }
    this.connection.addEventListener("negotiationneeded", () => this.tell("negotiation-needed"));
    this.connection.addEventListener("icecandidateerror", ({ url, errorCode, errorText }) => {
      this.tell("candidate-error", { url: url ?? "", code: errorCode, text: errorText ?? "" });
    });
    this.found = [];
    if (listens) this.listenForCandidates();
  }

  tell(kind, data = {}) {
    this.facts.push({ v: 1, at: performance.now(), attempt: 1, kind, ...data });
  }

  state(name) {
    this.tell("state", { name, value: this.connection[name] });
  }

  listenForCandidates() {
    this.connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate?.candidate) {
        this.tell("candidate", { side: "mine", index: this.found.length, candidate: candidate.toJSON() });
        this.found.push(candidate);
      } else if (!candidate) {
        this.tell("gathering-ended", { count: this.found.length });
      }
    });
  }

  listenForChannels(take = () => {}) {
    this.connection.addEventListener("datachannel", ({ channel }) => {
      this.tell("channel", { label: channel.label, options: "", state: "announced" });
      take(channel);
    });
    this.tell("done", { step: null, call: 'addEventListener("datachannel")', fact: null });
  }

  addChannel(options) {
    this.tell("call", { step: null, call: "createDataChannel()", byPage: false });
    const channel = this.connection.createDataChannel("chat", options);
    this.tell("done", { step: null, call: "createDataChannel()", fact: null });
    this.tell("channel", { label: "chat", options: "ordered", state: "connecting" });
    return channel;
  }

  /** Hears what a channel says of itself. */
  hear(channel) {
    for (const event of ["open", "close"]) {
      channel.addEventListener(event, () => this.tell("state", { name: "channel.readyState", value: channel.readyState }));
    }
  }

  /** Makes a call, and tells how it ended. */
  async call(name, argument) {
    const call = named(argument?.type, name);
    this.tell("call", { step: null, call, byPage: false });
    try {
      const result = await this.connection[name](argument);
      this.tell("done", { step: null, call, fact: null });
      return result;
    } catch (fault) {
      this.refused(call, fault);
      return undefined;
    }
  }

  refused(call, fault) {
    const say = (id) => ({ id, args: {} });
    this.tell("trouble", {
      blame: "browser", doing: say("doing.call"), cause: say("refused.unknown"), advice: say("advice.browser-words"),
      fault: { name: fault.name, message: fault.message }, step: null, call, state: this.connection.signalingState,
    });
  }

  describe(side, { type, sdp }) {
    this.tell("description", { side, type, sdp });
  }

  async setLocal(description) {
    await this.call("setLocalDescription", description);
    this.state("signalingState");
    this.describe("mine", this.connection.localDescription);
  }

  async setRemote(description) {
    this.describe("theirs", description);
    await this.call("setRemoteDescription", description);
    this.state("signalingState");
  }

  async take(candidate, index = 0) {
    const plain = candidate.toJSON?.() ?? candidate;
    this.tell("candidate", { side: "theirs", index, candidate: { usernameFragment: null, ...plain } });
    await this.connection.addIceCandidate(candidate);
    this.tell("candidate-fate", { side: "theirs", index, fate: "used" });
  }

  send() {
    this.found.forEach((_, index) => this.tell("candidate-fate", { side: "mine", index, fate: "used" }));
  }

  /** Waits until one of these states is reached, for so many milliseconds at most. */
  async until(name, values, milliseconds) {
    const end = performance.now() + milliseconds;
    while (!values.includes(this.connection[name]) && performance.now() < end) await later(50);
    return this.connection[name];
  }

  end() {
    this.connection.close();
  }
}

/** Lets two agree, the first offering. */
export async function agree(one, other) {
  await one.setLocal(await one.call("createOffer"));
  await other.setRemote(one.connection.localDescription);
  await other.setLocal(await other.call("createAnswer"));
  await one.setRemote(other.connection.localDescription);
}

/** Gives each the candidates of the other, as they come. */
function join(one, other) {
  for (const [from, to] of [[one, other], [other, one]]) {
    let index = 0;
    const pass = (candidate) => to.take(candidate, index++);
    from.connection.addEventListener("icecandidate", ({ candidate }) => {
      if (!candidate?.candidate) return;
      if (to.connection.remoteDescription) pass(candidate);
      else to.kept = [...(to.kept ?? []), candidate];
    });
  }
  return async () => {
    for (const to of [one, other]) for (const candidate of to.kept?.splice(0) ?? []) await to.take(candidate);
  };
}

/** Two that are connected. */
export async function connect(one, other) {
  const rest = join(one, other);
  await agree(one, other);
  await rest();
  for (const side of [one, other]) await side.until("connectionState", ["connected"], 10_000);
  await later(100);
}

export function pair(options = {}) {
  return [new Side("offerer", options.one), new Side("answerer", options.other)];
}

/** Whether this is Firefox, by its own name: it gives up where Chromium waits. */
export function firefox() {
  return navigator.userAgent.includes("Firefox");
}

// Collects what this browser itself writes: offers and answers with data, audio and video in every direction.

const settled = (connection) =>
  new Promise((resolve) => {
    const look = () => connection.iceGatheringState === "complete" && resolve();
    connection.addEventListener("icegatheringstatechange", look);
    look();
  });

const video = () => {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 1, 1);
  return canvas.captureStream(1).getVideoTracks()[0];
};

const audio = () => new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0];

const CASES = {
  data: (connection) => connection.createDataChannel("chat"),
  all: (connection) => {
    connection.createDataChannel("chat");
    for (const track of [audio(), video()]) connection.addTransceiver(track, { streams: [new MediaStream([track])] });
  },
  receiving: (connection) => ["audio", "video"].map((kind) => connection.addTransceiver(kind, { direction: "recvonly" })),
  sending: (connection) => {
    connection.addTransceiver("audio", { direction: "sendonly" });
    connection.addTransceiver("video", { direction: "inactive" });
    connection.addTransceiver("video", { direction: "sendonly" });
  },
};

async function exchange(name, prepare, told) {
  const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const offer = async (options) => {
    await one.setLocalDescription(await one.createOffer(options));
    await settled(one);
    told.push({ name, kind: "offer", sdp: one.localDescription.sdp });
    await other.setRemoteDescription(one.localDescription);
    if (name === "sending") other.getTransceivers()[2]?.stop();
    for (const transceiver of name === "all" ? other.getTransceivers() : []) transceiver.direction = "sendrecv";
    await other.setLocalDescription(await other.createAnswer());
    await settled(other);
    told.push({ name, kind: "answer", sdp: other.localDescription.sdp, offer: one.localDescription.sdp });
    await one.setRemoteDescription(other.localDescription);
  };
  prepare(one);
  await offer();
  await offer({ iceRestart: true });
  one.close();
  other.close();
}

/** A JSON list of `{ name, kind, sdp, offer }`; an answer has the offer that it answers. */
export async function collected() {
  const told = [];
  for (const [name, prepare] of Object.entries(CASES)) await exchange(name, prepare, told);
  return JSON.stringify(told);
}

// A person's keys, and what a click would have downloaded.

/** Presses a key on an element; whether the page left it to the browser. */
export function press(row, key) {
  return row.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** Catches what a click on a link would have downloaded. */
export class Download {
  constructor() {
    this.name = "";
    this.plain = HTMLAnchorElement.prototype.click;
    const download = this;
    HTMLAnchorElement.prototype.click = function () {
      download.name = this.download;
      download.coming = fetch(this.href).then((answer) => answer.text());
    };
  }

  /** The text of the file. */
  text() {
    return this.coming;
  }

  end() {
    HTMLAnchorElement.prototype.click = this.plain;
  }
}

/** The titles of the rows of a picture; throws where it is no picture. */
export function titles(text) {
  const picture = new DOMParser().parseFromString(text, "image/svg+xml");
  if (picture.documentElement.localName !== "svg") throw new Error(`no picture: ${text.slice(0, 200)}`);
  return [...picture.querySelectorAll("g > title")].map((title) => title.textContent);
}
