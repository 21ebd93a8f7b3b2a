// Writes down when a page reaches each stage of a connection, by wrapping what the browser offers; the page need not help.
const marks = {};
window.benchMarks = marks;
const mark = (name) => { marks[name] ??= performance.timeOrigin + performance.now(); };
addEventListener("click", () => mark("click"), true);

const kind = (text) => {
  const { data = {}, ...relay } = JSON.parse(text);
  return data.description?.type ?? Object.keys(data)[0] ?? Object.keys(relay)[0];
};
const watch = (target, names, tell = (name) => name) => {
  for (const name of names) target.addEventListener(name, () => mark(tell(name)));
};
const settled = (name, promise) => {
  mark(`${name} called`);
  promise.then(() => mark(`${name} done`), () => mark(`${name} refused`));
  return promise;
};

window.WebSocket = class extends WebSocket {
  constructor(...words) {
    mark("socket asked for");
    super(...words);
    watch(this, ["open"], () => "socket open");
    this.addEventListener("message", ({ data }) => mark(`${kind(data)} came`));
  }
  send(text) {
    super.send(text);
    mark(`${kind(text)} sent`);
  }
};

const watchChannel = (channel) => watch(channel, ["open"], () => "channel open");
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(...words) {
    mark("connection asked for");
    super(...words);
    mark("connection made");
    watch(this, ["icecandidate", "datachannel"]);
    watch(this, ["iceconnectionstatechange"], () => `ice ${this.iceConnectionState}`);
    watch(this, ["connectionstatechange"], () => `connection ${this.connectionState}`);
    this.addEventListener("datachannel", ({ channel }) => watchChannel(channel));
  }
  createDataChannel(...words) {
    const channel = super.createDataChannel(...words);
    watchChannel(channel);
    mark("channel made");
    return channel;
  }
  createOffer(...words) { return settled("createOffer", super.createOffer(...words)); }
  createAnswer(...words) { return settled("createAnswer", super.createAnswer(...words)); }
  setLocalDescription(...words) { return settled("setLocalDescription", super.setLocalDescription(...words)); }
  setRemoteDescription(...words) { return settled("setRemoteDescription", super.setRemoteDescription(...words)); }
  addIceCandidate(...words) { return settled("addIceCandidate", super.addIceCandidate(...words)); }
};
