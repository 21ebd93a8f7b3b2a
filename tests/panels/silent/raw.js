// What other people's programs do wrong, done with real peer connections.

import { Side, agree, connect, later, pair } from "./side.js";

/** A candidate that leads nowhere. */
function astray(address, side) {
  const sdpMid = "0";
  return { candidate: `candidate:1 1 udp 2122260223 ${address} 40000 typ host`, sdpMid, sdpMLineIndex: 0, usernameFragment: side.ufrag };
}

/** Two that have agreed and know only these addresses of each other. */
async function misled(address, patience) {
  const [one, other] = pair();
  one.hear(one.addChannel());
  await agree(one, other);
  for (const side of [one, other]) {
    side.send();
    await side.take(astray(address, side));
  }
  await one.until("connectionState", ["failed"], patience);
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

  noRoute: () => misled("192.0.2.1", 17_000),
  strangeNames: () => misled("0b1b7ae6-0000-4000-8000-5f6f8f1f2f3f.local", 7_000),

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

  async lateJoiner() {
    const room = `late ${Math.random()}`;
    const [here, there] = [new BroadcastChannel(room), new BroadcastChannel(room)];
    there.close();
    const one = new Side("offerer", { run: { tellsPeers: false } });
    one.facts = one.facts.filter(({ kind }) => kind !== "peer-joined");
    one.addChannel();
    await one.setLocal(await one.call("createOffer"));
    const offer = JSON.stringify(one.connection.localDescription);
    here.postMessage(offer);
    one.tell("sent", { step: 8, signal: "offer", to: null, text: offer, again: false, rule: null });
    await later(100);
    const joined = new BroadcastChannel(room);
    joined.onmessage = () => one.tell("note", { message: { id: "note.copied", args: {} } });
    here.onmessage = ({ data }) => one.tell("peer-joined", { peer: data });
    joined.postMessage("b7e2");
    await later(300);
    for (const channel of [here, joined]) channel.close();
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
