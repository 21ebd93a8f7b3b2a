// Mistakes that the page itself cannot make, made with the browser's own calls. Each scene answers with the events of a record:
// what was before, the call, and the refusal with the browser's own words, if it refused.

const whole = {}; // message of a trouble that is not looked at
const said = { id: "doing.call", args: whole };

class Scene {
  events = [];
  connections = [];

  connection(configuration) {
    const connection = new RTCPeerConnection(configuration);
    this.connections.push(connection);
    return connection;
  }

  tell(kind, data) {
    this.events.push({ v: 1, at: performance.now(), attempt: 1, kind, ...data });
  }

  described(side, { type, sdp }) {
    this.tell("description", { side, type, sdp });
  }

  /** Makes a call and tells of it; a refusal with the state of that moment. */
  async call(call, connection, work) {
    this.tell("call", { step: null, call, byPage: false });
    const state = connection?.signalingState ?? "";
    try {
      const made = await work();
      this.tell("done", { step: null, call, fact: null });
      return made;
    } catch ({ name, message }) {
      const words = { doing: said, cause: said, advice: said, blame: "browser", step: null };
      this.tell("trouble", { call, state, fault: { name, message }, ...words });
    }
  }

  async offer(from) {
    const offer = await from.createOffer();
    await from.setLocalDescription(offer);
    this.tell("done", { step: null, call: "createOffer()", fact: null });
    this.described("mine", offer);
    this.tell("done", { step: null, call: "setLocalDescription(offer)", fact: null });
    return offer;
  }

  /** Two that are connected, with the first one's channel open; `mend` may change the answer. */
  async channel(mend = (sdp) => sdp) {
    const [one, two] = [this.connection(), this.connection()];
    one.onicecandidate = ({ candidate }) => candidate && two.addIceCandidate(candidate);
    two.onicecandidate = ({ candidate }) => candidate && one.addIceCandidate(candidate);
    const channel = one.createDataChannel("chat");
    const open = new Promise((resolve) => (channel.onopen = resolve));
    await one.setLocalDescription();
    await two.setRemoteDescription(one.localDescription);
    await two.setLocalDescription();
    const { type, sdp } = two.localDescription;
    const answer = { type, sdp: mend(sdp) };
    await one.setRemoteDescription(answer);
    this.described("theirs", answer);
    this.tell("done", { step: null, call: "setRemoteDescription(answer)", fact: null });
    await open;
    for (const state of ["connecting", "open"]) this.tell("state", { name: "channel.readyState", value: state });
    return { one, channel };
  }

  end() {
    for (const connection of this.connections) connection.close();
  }

  /** Those that are closed count until they are collected: other tests need room. */
  async collect() {
    const registry = new FinalizationRegistry(() => (gone += 1));
    let gone = 0;
    const most = this.connections.length * 0.9;
    for (const connection of this.connections) {
      registry.register(connection);
      connection.close();
    }
    this.connections.length = 0;
    while (gone < most) {
      const junk = [];
      for (let each = 0; each < 20; each += 1) junk.push(new ArrayBuffer(8 * 1024 * 1024));
      await new Promise((go) => setTimeout(go));
    }
  }

  async offer(from) {
    const offer = await from.createOffer();
    await from.setLocalDescription(offer);
    this.tell("done", { step: null, call: "createOffer()", fact: null });
    this.described("mine", offer);
    this.tell("done", { step: null, call: "setLocalDescription(offer)", fact: null });
    return offer;
  }

  /** Two that are connected, with the first one's channel open; `mend` may change the answer. */
  async channel(mend = (sdp) => sdp) {
    const [one, two] = [this.connection(), this.connection()];
    one.onicecandidate = ({ candidate }) => candidate && two.addIceCandidate(candidate);
    two.onicecandidate = ({ candidate }) => candidate && one.addIceCandidate(candidate);
    const channel = one.createDataChannel("chat");
    const open = new Promise((resolve) => (channel.onopen = resolve));
    await one.setLocalDescription();
    await two.setRemoteDescription(one.localDescription);
    await two.setLocalDescription();
    const { type, sdp } = two.localDescription;
    const answer = { type, sdp: mend(sdp) };
    await one.setRemoteDescription(answer);
    this.described("theirs", answer);
    this.tell("done", { step: null, call: "setRemoteDescription(answer)", fact: null });
    await open;
    for (const state of ["connecting", "open"]) this.tell("state", { name: "channel.readyState", value: state });
    return { one, channel };
  }

  end() {
    for (const connection of this.connections) connection.close();
  }

  /** Those that are closed count until they are collected: other tests need room. */
  async collect() {
    const all = this.connections.splice(0);
    const most = all.length - 20;
    let gone = 0;
    const registry = new FinalizationRegistry(() => (gone += 1));
    for (const connection of all.splice(0)) {
      registry.register(connection);
      connection.close();
    }
    for (let round = 0; gone < most && round < 1000; round += 1) {
      for (let each = 0; each < 20; each += 1) new ArrayBuffer(8 * 1024 * 1024);
      await new Promise((go) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = go;
        port2.postMessage(0);
      });
    }
  }
}

const scenes = {
  async "answer to an offer that was rolled back"(scene) {
    const [one, two, three] = [scene.connection(), scene.connection(), scene.connection()];
    for (const each of [one, two]) each.createDataChannel("chat");
    const offer = await scene.offer(one);
    await three.setRemoteDescription(offer);
    await three.setLocalDescription();
    const theirs = await two.createOffer();
    await one.setRemoteDescription(theirs);
    scene.described("theirs", theirs);
    scene.tell("done", { step: null, call: "setRemoteDescription(offer)", fact: null });
    scene.tell("state", { name: "signalingState", value: one.signalingState });
    scene.described("theirs", three.localDescription);
    await scene.call("setRemoteDescription(answer)", one, () => one.setRemoteDescription(three.localDescription));
  },

  async "candidate without a place"(scene) {
    const candidate = "candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host";
    const connection = scene.connection();
    await scene.call("addIceCandidate()", connection, () => connection.addIceCandidate({ candidate }));
  },

  async "end of candidates before the description"(scene) {
    const connection = scene.connection();
    await scene.call("addIceCandidate(null)", connection, () => connection.addIceCandidate(null));
  },

  async "sections in another order"(scene) {
    const [here, first, second] = [scene.connection(), scene.connection(), scene.connection()];
    first.createDataChannel("chat");
    first.addTransceiver("audio");
    second.addTransceiver("audio");
    second.addTransceiver("video");
    const offer = await first.createOffer();
    scene.described("theirs", offer);
    await scene.call("setRemoteDescription(offer)", here, () => here.setRemoteDescription(offer));
    await here.setLocalDescription();
    const other = await second.createOffer();
    scene.described("theirs", other);
    await scene.call("setRemoteDescription(offer)", here, () => here.setRemoteDescription(other));
  },

  async "description as text"(scene) {
    const connection = scene.connection();
    const text = JSON.stringify({ type: "offer", sdp: "v=0\r\n" });
    await scene.call("setRemoteDescription()", connection, () => connection.setRemoteDescription(text));
  },

  async "description without a type"(scene) {
    const [here, there] = [scene.connection(), scene.connection()];
    there.createDataChannel("chat");
    const { sdp } = await there.createOffer();
    await scene.call("setRemoteDescription()", here, () => here.setRemoteDescription({ sdp }));
  },

  async "line after the close"(scene) {
    const { one, channel } = await scene.channel();
    channel.close();
    scene.tell("state", { name: "channel.readyState", value: channel.readyState });
    await scene.call("send()", one, () => channel.send("too late"));
    const refused = scene.events.some(({ kind }) => kind === "trouble");
    if (!refused) scene.tell("chat", { side: "mine", text: "too late" });
  },

  async "message above the limit"(scene) {
    const { one, channel } = await scene.channel((sdp) => sdp.replace(/a=max-message-size:\d+/, "a=max-message-size:1000"));
    await scene.call("send()", one, () => channel.send("x".repeat(1001)));
  },

  async "more than the queue holds"(scene) {
    const { one, channel } = await scene.channel();
    const piece = "x".repeat(64 * 1024);
    await scene.call("send()", one, () => {
      for (let sent = 0; sent < 400; sent += 1) channel.send(piece);
    });
  },

  async "channel with both limits"(scene) {
    const connection = scene.connection();
    const options = { maxRetransmits: 1, maxPacketLifeTime: 1 };
    const call = 'createDataChannel("chat", {maxRetransmits: 1, maxPacketLifeTime: 1})';
    await scene.call(call, connection, () => connection.createDataChannel("chat", options));
  },

  async "channel without its id"(scene) {
    const connection = scene.connection();
    const call = 'createDataChannel("chat", {negotiated: true})';
    await scene.call(call, connection, () => connection.createDataChannel("chat", { negotiated: true }));
  },

  async "channel with an id that is taken"(scene) {
    const connection = scene.connection();
    const options = { negotiated: true, id: 5 };
    connection.createDataChannel("one", options);
    const call = 'createDataChannel("two", {negotiated: true, id: 5})';
    await scene.call(call, connection, () => connection.createDataChannel("two", options));
  },

  async "server in the old form"(scene) {
    const configuration = { iceServers: [{ url: "stun:127.0.0.1:3478" }] };
    await scene.call(`new RTCPeerConnection(${JSON.stringify(configuration)})`, null, () => scene.connection(configuration));
  },

  async "call after the close"(scene) {
    const connection = scene.connection();
    connection.close();
    await scene.call("createOffer()", connection, () => connection.createOffer());
  },

  async "more connections than there may be"(scene) {
    await scene.call("new RTCPeerConnection()", null, () => {
      for (let made = 0; made < 520; made += 1) scene.connection();
    });
    if (!isFirefox()) await scene.collect();
  },

  async "camera where there is none by the rules"(scene) {
    scene.tell("page", { agent: navigator.userAgent, secure: false, hidden: false });
    const insecure = { mediaDevices: undefined };
    await scene.call("getUserMedia()", null, () => insecure.mediaDevices.getUserMedia({ video: true }));
  },

  async "camera that is not allowed"(scene) {
    const frame = document.createElement("iframe");
    frame.allow = "camera 'none'";
    document.body.append(frame);
    scene.tell("page", { agent: navigator.userAgent, secure: isSecureContext, hidden: false });
    await scene.call("getUserMedia()", null, () => frame.contentWindow.navigator.mediaDevices.getUserMedia({ video: true }));
    frame.remove();
  },
};

/** Plays a scene; the events as JSON. */
export async function provoke(name) {
  const scene = new Scene();
  try {
    await scenes[name](scene);
  } finally {
    scene.end();
  }
  return JSON.stringify(scene.events);
}

/** Whether this is a Firefox. */
export function isFirefox() {
  return navigator.userAgent.includes("Firefox");
}
