// Peer connections as other people's programs use them, wrongly; what the browser tells of it is kept as the facts of a record.

const named = (name, call) => (call.startsWith("set") ? `${call}(${name})` : `${call}()`);

/** Resolves after so many milliseconds: to be late is what some of these programs do wrong. */
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** One side of a connection, and what it hears. */
class Side {
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
async function agree(one, other) {
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
async function connect(one, other) {
  const rest = join(one, other);
  await agree(one, other);
  await rest();
  for (const side of [one, other]) await side.until("connectionState", ["connected"], 10_000);
  await later(100);
}

function pair(options = {}) {
  return [new Side("offerer", options.one), new Side("answerer", options.other)];
}

/** A candidate that leads nowhere. */
function astray(address, side) {
  const sdpMid = "0";
  return { candidate: `candidate:1 1 udp 2122260223 ${address} 40000 typ host`, sdpMid, sdpMLineIndex: 0, usernameFragment: side.ufrag };
}

/** Two that have agreed and know only these addresses of each other. */
async function misled(address) {
  const [one, other] = pair();
  one.hear(one.addChannel());
  await agree(one, other);
  for (const side of [one, other]) {
    side.send();
    await side.take(astray(address, side));
  }
  await one.until("connectionState", ["failed"], 25_000);
  other.end();
  return one;
}

/** What is done wrong, by name; each answers with the side that is looked at. */
const WRONG = {
  async lateListener() {
    const [one, other] = pair({ one: { listens: false } });
    one.addChannel();
    await one.setLocal(await one.call("createOffer"));
    await one.until("iceGatheringState", ["complete"], 10_000);
    await later(100);
    one.listenForCandidates();
    await later(300);
    one.describe("mine", one.connection.localDescription);
    one.tell("gathering-ended", { count: one.found.length });
    other.end();
    return one;
  },

  async noCandidates() {
    const [one, other] = pair();
    one.addChannel();
    await agree(one, other);
    await other.until("connectionState", ["failed"], 9_000);
    one.end();
    return other;
  },

  noRoute: () => misled("192.0.2.1"),
  strangeNames: () => misled("0b1b7ae6-0000-4000-8000-5f6f8f1f2f3f.local"),

  async wrongSide() {
    const [one, other] = pair();
    one.connection.addTransceiver("video");
    other.listenForChannels();
    other.hear(other.addChannel());
    await connect(one, other);
    await later(500);
    one.end();
    return other;
  },

  async lateForChannel() {
    const [one, other] = pair();
    one.addChannel();
    await connect(one, other);
    await later(300);
    other.listenForChannels();
    await later(500);
    one.end();
    return other;
  },

  async creatorListens() {
    const [one, other] = pair();
    one.listenForChannels();
    one.addChannel();
    await connect(one, other);
    await later(500);
    other.end();
    return one;
  },

  async lateForOpen() {
    const [one, other] = pair();
    one.addChannel();
    other.listenForChannels((channel) => setTimeout(() => other.hear(channel), 300));
    await connect(one, other);
    await later(700);
    one.end();
    return other;
  },

  async closedWithoutWord() {
    const [one, other] = pair();
    one.addChannel();
    other.listenForChannels((channel) => {
      other.hear(channel);
      if (channel.readyState === "open") other.tell("state", { name: "channel.readyState", value: "open" });
    });
    await connect(one, other);
    await later(200);
    one.end();
    await later(800);
    return other;
  },

  async wentSilent() {
    const [one, other] = pair();
    one.connection.addTransceiver("video");
    await connect(one, other);
    one.end();
    await other.until("connectionState", ["disconnected", "failed"], 18_000);
    return other;
  },

  async closedItself() {
    const [one, other] = pair();
    one.addChannel();
    one.tell("call", { step: null, call: "close()", byPage: false });
    one.connection.close();
    one.tell("done", { step: null, call: "close()", fact: null });
    await later(300);
    await one.call("createOffer");
    other.end();
    return one;
  },

  async bareOffer() {
    const [one, other] = pair({ one: { run: { endpoint: "paste:" } } });
    one.addChannel();
    const offer = await one.call("createOffer");
    await one.setLocal(offer);
    one.tell("sent", { step: 8, signal: "offer", to: null, text: JSON.stringify(offer), again: false, rule: null });
    await one.until("iceGatheringState", ["complete"], 10_000);
    await later(100);
    other.end();
    return one;
  },

  async closedDuringCall() {
    const [one, other] = pair();
    one.addChannel();
    one.call("createOffer").then(() => (one.settled = true));
    one.connection.close();
    one.tell("state", { name: "signalingState", value: one.connection.signalingState });
    await later(500);
    other.end();
    return one;
  },

  async wrongOptions() {
    const [one, other] = pair();
    try {
      one.addChannel({ maxRetransmits: 1, maxPacketLifeTime: 1 });
    } catch (fault) {
      one.refused("createDataChannel()", fault);
    }
    other.end();
    return one;
  },

  async ownOffer() {
    const [one, other] = pair();
    one.addChannel();
    const offer = await one.call("createOffer");
    await one.setLocal(offer);
    await one.setRemote(one.connection.localDescription);
    other.end();
    return one;
  },

  async bothOffer() {
    const [one, other] = pair();
    for (const side of [one, other]) {
      side.addChannel();
      await side.setLocal(await side.call("createOffer"));
    }
    await one.setRemote(other.connection.localDescription);
    other.end();
    return one;
  },

  async deadServer() {
    const one = new Side("offerer", { config: { iceServers: [{ urls: "stun:192.0.2.1:3478" }] } });
    one.addChannel();
    await one.setLocal(await one.call("createOffer"));
    await one.until("iceGatheringState", ["complete"], 17_000);
    return one;
  },

  async strangeServer() {
    const one = new Side("offerer", { config: { iceServers: [{ urls: "stun:nobody.invalid" }] } });
    one.addChannel();
    await one.setLocal(await one.call("createOffer"));
    await one.until("iceGatheringState", ["complete"], 7_000);
    await later(100);
    return one;
  },
};

/** Those that take many seconds begin together with the first of them. */
const SLOW = ["noCandidates", "noRoute", "strangeNames", "wentSilent", "deadServer"];
const running = {};

/** Does something wrong with real peer connections; the facts of the side that is looked at, as JSON. */
export async function wrong(name) {
  const names = SLOW.includes(name) ? SLOW : [name];
  for (const one of names) running[one] ??= WRONG[one]();
  const side = await running[name];
  const facts = JSON.stringify(side.facts);
  side.end();
  return facts;
}

/** The reason that a Content-Security-Policy gives for a socket that it blocks, from a frame that has one. */
export async function blocked() {
  const frame = document.createElement("iframe");
  const told = new Promise((resolve) => addEventListener("message", ({ data }) => data?.directive && resolve(data), { once: false }));
  frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'"><script>
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => parent.postMessage({ directive: effectiveDirective, blocked: blockedURI }, "*"));
    try { new WebSocket("ws://127.0.0.1:9/"); } catch {}
  <\/script>`;
  document.body.append(frame);
  const { directive, blocked } = await told;
  frame.remove();
  return `${directive} ${blocked}`;
}
