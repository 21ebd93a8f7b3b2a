// A client of the course app as section 1.1 of the wire formats describes it: ?side=create waits, ?side=join offers.
import { asked, tell } from "./tell.js";

const userId = Math.round(Math.random() * 1000000);
const room = { roomName: asked.room, userId };
let socket;
let peer = null;
let otherUserId = null;
let answered = false;
let gathered = false;
let candidates = [];
// Candidates of the other side that came while this one's offer waits for its answer to be set.
let early = [];

const process = (data) => socket.send(JSON.stringify({ label: "WEBRTC_PROCESS", data: { ...data, otherUserId } }));
const normal = (data) => socket.send(JSON.stringify({ label: "NORMAL_SERVER_PROCESS", data: { ...data, ...room } }));

// Candidates go in one piece, and only when the answer is there.
function flush() {
  if (!answered || !gathered) return;
  process({ type: "ICE_CANDIDATES", candidatesArray: candidates });
  candidates = [];
}

function begin() {
  peer = new RTCPeerConnection();
  peer.addEventListener("icecandidate", ({ candidate }) => {
    if (candidate) candidates.push(candidate.toJSON());
    else gathered = true;
    flush();
  });
  peer.addEventListener("datachannel", ({ channel }) => talk(channel));
}

function talk(channel) {
  channel.addEventListener("open", () => {
    tell({ open: channel.label });
    channel.send("hello from the course");
  });
  channel.addEventListener("message", ({ data }) => tell({ received: data }));
}

async function offer({ creatorId }) {
  otherUserId = creatorId;
  begin();
  talk(peer.createDataChannel("top-secret-chat-room", { ordered: false, maxRetransmits: 0 }));
  await peer.setLocalDescription(await peer.createOffer());
  process({ type: "OFFER", offer: peer.localDescription });
}

async function answer(description) {
  begin();
  await peer.setRemoteDescription(description);
  await peer.setLocalDescription(await peer.createAnswer());
  process({ type: "ANSWER", answer: peer.localDescription });
  answered = true;
  flush();
}

async function accept(description) {
  await peer.setRemoteDescription(description);
  for (const candidate of early.splice(0)) await peer.addIceCandidate(candidate);
  answered = true;
  flush();
}

// What comes before there is a connection is lost, and an answerer never looks at what it kept: both are the sender's fault. An offerer's
// call with the answer may not have settled yet when candidates come right behind it, so it keeps those.
async function add(array) {
  const offers = peer?.localDescription?.type === "offer";
  if (!peer?.remoteDescription && offers) return early.push(...array);
  if (!peer?.remoteDescription) return tell({ failed: `${array.length} candidates came before the description` });
  for (const candidate of array) await peer.addIceCandidate(candidate);
}

const handlers = {
  JOIN_ROOM_RESPONSE_SUCCESS: offer,
  JOIN_ROOM_RESPONSE_FAILURE: ({ message }) => tell({ failed: message }),
  JOIN_ROOM_NOTIFY: ({ joinUserId }) => { otherUserId = joinUserId; },
  OFFER: (data) => answer(data.offer),
  ANSWER: (data) => accept(data.answer),
  ICE_CANDIDATES: ({ candidatesArray }) => add(candidatesArray),
  EXIT_ROOM_NOTIFY: () => tell({ closed: true }),
  DISCONNECT_ROOM_NOTIFICATION: ({ message }) => tell({ closed: message }),
};

async function start() {
  const body = JSON.stringify(room);
  if (asked.side === "create") {
    await fetch(`http://${asked.server}/create-room`, { method: "POST", mode: "no-cors", body });
  }
  socket = new WebSocket(`ws://${asked.server}/?userId=${userId}`);
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    handlers[message.data.type]?.(message.data);
  });
  socket.addEventListener("open", () => {
    tell({ ready: userId });
    if (asked.side === "join") normal({ type: "JOIN_ROOM_REQUEST" });
  });
}

start();
