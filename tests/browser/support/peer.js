// The other side of a room of tabs, worked by hand.

import { plain, stir } from "./page.js";

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
