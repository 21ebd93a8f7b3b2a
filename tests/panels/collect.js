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
