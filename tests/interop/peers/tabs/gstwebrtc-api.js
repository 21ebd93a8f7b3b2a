// gstwebrtc-api, GStreamer's own client in a browser, at the signaling server ?socket=URL: watches the first producer, or with ?produce offers a picture.
import GstWebRTCAPI from "gstwebrtc-api";
import { asked, tell } from "./tell.js";

const api = new GstWebRTCAPI({
  signalingServerUrl: asked.socket,
  reconnectionTimeout: 0,
  webrtcConfig: { iceServers: [] },
});

function talk({ channel }) {
  channel.addEventListener("open", () => {
    tell({ open: channel.label });
    channel.send("hello from gstwebrtc-api");
  });
  channel.addEventListener("message", ({ data }) => tell({ received: data }));
}

function watch({ id }) {
  const session = api.createConsumerSession(id);
  session.addEventListener("rtcPeerConnectionChanged", () => {
    session.rtcPeerConnection?.addEventListener("datachannel", talk);
  });
  session.addEventListener("error", ({ message, error }) => tell({ failed: `${message}: ${error}` }));
  session.addEventListener("closed", () => tell({ closed: true }));
  session.connect();
}

function produce() {
  const canvas = document.createElement("canvas");
  canvas.getContext("2d").fillRect(0, 0, 10, 10);
  const session = api.createProducerSession(canvas.captureStream(5));
  session.addEventListener("stateChanged", () => tell({ ready: session.state }));
  session.addEventListener("clientConsumerAdded", ({ detail }) => {
    const peer = detail.rtcPeerConnection;
    peer.addEventListener("connectionstatechange", () => peer.connectionState === "connected" && tell({ open: true }));
  });
  session.addEventListener("error", ({ message, error }) => tell({ failed: `${message}: ${error}` }));
  session.start();
}

api.registerConnectionListener({
  connected: (id) => ("produce" in asked ? produce() : tell({ ready: id })),
  disconnected: () => tell({ closed: true }),
});
if (!("produce" in asked)) {
  api.registerPeerListener({ producerAdded: watch, producerRemoved() {}, consumerAdded() {}, consumerRemoved() {} });
}
