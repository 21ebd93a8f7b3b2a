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
