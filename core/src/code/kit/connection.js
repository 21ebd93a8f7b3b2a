// The peer connection ---------------------------------------------------------

let pc;
const channels = new Set();
/** STUN and TURN servers that signaling named. */
const named = [];
/** Candidates of this side that were not said, and those of the other side that came before its description. */
const kept = [];
const early = [];
/** Whether candidates go as they come. */
let flowing = false;
let endSaid = false;
let describe;
/** This side has set and said a description. */
const described = new Promise((done) => (describe = done));

/** The rule that carries candidates, if there is one, and whether it carries all of them at once. */
const carrier = () => RULES.find((rule) => told(rule).includes("candidate"));
const isBatch = (example) =>
  isRepeat(example) ? holesOf(example).some(({ name }) => name === "candidate") : typeof example === "object" && example !== null && Object.values(example).some(isBatch);
const batched = () => carrier() !== undefined && written(carrier()).some(isBatch);

/** A TURN server without a credential is one that the browser refuses: it is left out until you fill it in. */
function iceServers() {
  const usable = ICE_SERVERS.filter(({ urls, credential }) => !/^turns?:/.test(urls) || credential !== "");
  if (usable.length < ICE_SERVERS.length) log("TURN", "left out, because its username and credential are not filled in");
  return [...usable, ...named];
}

const configuration = () => ({ iceServers: iceServers(), iceTransportPolicy: RELAY_ONLY ? "relay" : "all" });

function useServers(servers) {
  named.push(...servers);
  pc?.setConfiguration(configuration());
}

function createPeerConnection() {
  pc = new RTCPeerConnection(configuration());
  pc.onicecandidate = ({ candidate }) => candidate?.candidate && found(candidate.toJSON());
  pc.ondatachannel = ({ channel }) => adopt(channel);
  for (const state of ["signalingState", "iceGatheringState", "iceConnectionState", "connectionState"]) {
    pc.addEventListener(state.toLowerCase() + "change", () => log(state, pc[state]));
  }
  pc.addEventListener("icegatheringstatechange", () => {
    endSaid &&= pc.iceGatheringState === "complete";
    if (pc.iceGatheringState === "complete" && flowing) endCandidates();
  });
}

/** The offerer's channels; an answerer makes only those that were agreed beforehand, with an id. */
function addDataChannel() {
  const planned = DIALECT.channels ?? [CHANNEL];
  for (const { label, ...options } of planned) {
    if (ROLE === "offerer" || options.negotiated) adopt(pc.createDataChannel(label, options));
  }
}

function adopt(channel) {
  channels.add(channel);
  channel.binaryType = "arraybuffer";
  const open = () => log("data channel", `${channel.label} is open`);
  if (channel.readyState === "open") open();
  else channel.onopen = open;
  channel.onclose = () => log("data channel", `${channel.label} is closed`);
  channel.onmessage = ({ data }) => log("theirs", typeof data === "string" ? data : new TextDecoder().decode(data));
}

const isOpen = () => [...channels].some(({ readyState }) => readyState === "open");

/** Sends one line of chat. */
function send(text) {
  const open = [...channels].find(({ readyState }) => readyState === "open");
  if (!open) return log("not sent", "no data channel is open");
  open.send(text);
  log("mine", text);
}

/** Comes back when every candidate is known. */
const gathered = () =>
  new Promise((done) => {
    const look = () => pc.iceGatheringState === "complete" && done();
    pc.addEventListener("icegatheringstatechange", look);
    look();
  });

function found(candidate) {
  if (!carrier()) return;
  if (flowing && !batched()) say("candidate", { candidate, candidates: [candidate] });
  else kept.push(candidate);
}

/** Says the description of this side. One that has to carry its candidates itself waits for them. */
async function sayDescription() {
  if (!carrier()) await gathered();
  const { type, sdp } = pc.localDescription;
  // What was said of the description before no longer holds.
  said.length = 0;
  say(type, { description: { type, sdp } });
  describe();
  if (TRICKLE) {
    flowing = true;
    await sayKept();
  }
}

/** Says every candidate, once all are known. */
async function sayCandidates() {
  if (!carrier()) return;
  await gathered();
  flowing = true;
  await sayKept();
}

async function sayKept() {
  if (batched()) await gathered();
  const all = kept.splice(0);
  if (batched() && all.length > 0) say("candidate", { candidate: all[0], candidates: all });
  else for (const candidate of all) say("candidate", { candidate, candidates: [candidate] });
  if (pc.iceGatheringState === "complete") endCandidates();
}

function endCandidates() {
  if (endSaid || !carrier()) return;
  endSaid = true;
  if (batched() && kept.length > 0) say("candidate", { candidate: kept[0], candidates: kept.splice(0) });
  say("end", { candidate: null, candidates: [null] });
}

async function setRemote(description) {
  await pc.setRemoteDescription(description);
  for (const candidate of early.splice(0)) await addCandidate(candidate);
}

/** Adds a candidate of the other side; one that comes too early waits for the description it belongs to. */
async function addCandidate(candidate) {
  if (!pc?.remoteDescription) return early.push(candidate);
  await pc.addIceCandidate(candidate).catch((fault) => {
    early.push(candidate);
    log("not added", fault.message);
  });
}
