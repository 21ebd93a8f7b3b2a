// werift, descriptions and candidates sent as they are through the WebSocket of the first word; `offer` as the second word offers.
import { RTCPeerConnection } from "werift";
import { WebSocket } from "ws";

const [address, side] = process.argv.slice(2);
const tell = (line) => console.log(JSON.stringify(line));
const socket = new WebSocket(address);
const peer = new RTCPeerConnection({ iceServers: [] });
const send = (value) => socket.send(JSON.stringify(value));
// One after the other: a candidate must not overtake the description before it.
let work = Promise.resolve();

function talk(channel) {
  const open = () => {
    tell({ open: channel.label });
    channel.send("hello from werift");
  };
  channel.onMessage.subscribe((data) => tell({ received: String(data) }));
  if (channel.readyState === "open") open();
  else channel.stateChanged.subscribe((state) => state === "open" && open());
}

async function receive(message) {
  if ("candidate" in message) return message.candidate && peer.addIceCandidate(message);
  await peer.setRemoteDescription(message);
  if (message.type === "offer") send(await peer.setLocalDescription(await peer.createAnswer()));
}

peer.onIceCandidate.subscribe((candidate) => candidate && send(candidate.toJSON?.() ?? candidate));
peer.onDataChannel.subscribe(talk);
socket.on("message", (data) => {
  work = work.then(() => receive(JSON.parse(String(data)))).catch((error) => tell({ failed: error.message }));
});
socket.on("error", (error) => tell({ failed: error.message }));
socket.on("open", async () => {
  tell({ ready: true });
  if (side !== "offer") return;
  talk(peer.createDataChannel("chat"));
  send(await peer.setLocalDescription(await peer.createOffer()));
});
