// What is said and heard ------------------------------------------------------

let letIn;
/** The endpoint has us. */
const isJoined = new Promise((done) => (letIn = done));
let hasJoined = false;
let leaving = false;
/** Who is there; `present` is undefined where nobody tells. */
let present = TELLS_WHO_IS_THERE ? false : PRESENT;
/** What waits to be said, in its order, and what was said: it is said again to whoever comes later. */
const line = [];
const said = [];

/** The link is open. */
function opened() {
  beginTurns();
  tell("open", {});
  if (!RULES.some((rule) => means(rule, "joined"))) joined();
}

function joined() {
  hasJoined = true;
  letIn();
  flush();
  if (ROLE === "answerer") askForOffer();
}

/** Hands something to the other side as soon as somebody hears it and the dialect has every value for it. */
function say(event, carried) {
  line.push([event, carried]);
  flush();
}

function flush() {
  while (line.length > 0 && hasJoined && present !== false) {
    const [event, carried] = line[0];
    if (!tell(event, carried)) return;
    said.push(line.shift());
    if (event === "offer" || event === "answer") {
      inCall = true;
      answered = event === "answer";
      if (answered) endTurns("offer", "request-offer");
    }
  }
}

let hasAsked = false;

/** An answerer whose dialect has a message for it asks for the offer. */
function askForOffer() {
  if (hasAsked || !hasJoined || present === false || last.offer) return;
  hasAsked = tell("request-offer", {});
}

/** Somebody is there; `wants` to be offered to. */
function isThere(peer, claim, wants = false) {
  const news = present !== true || (peer !== undefined && partner !== undefined && !same(peer, partner));
  prefer(peer, claim);
  present = true;
  log("is there", `${peer === undefined ? "somebody" : textIn(peer)}${wants ? ", and wants an offer" : ""}`);
  // Whoever comes, or asks, may have missed what was said.
  if (said.length > 0 && (news || wants) && !isOpen()) line.unshift(...said.splice(0));
  flush();
  if (ROLE === "answerer" && !wants) askForOffer();
}

/** Exactly these are there. */
function theseAreThere(peers) {
  if (partner !== undefined && !peers.some((peer) => same(peer, partner))) hasLeft(partner, false);
  peers.slice(0, 1).forEach((peer) => isThere(peer, 1));
}

/** Somebody has gone, or, where it said so itself, hung up. */
function hasLeft(peer, byItself) {
  log("has left", peer === undefined ? "the other side" : textIn(peer));
  if (peer !== undefined && partner !== undefined && !same(peer, partner)) return;
  inCall = false;
  if (byItself) return;
  if (TELLS_WHO_IS_THERE || PRESENT !== undefined) present = false;
  partner = ANSWERS.peer || undefined;
  standing = partner === undefined ? 0 : 4;
}

const awaited = {};
/** The newest description of each kind that came, and those that a step has taken. */
const last = {};
let later = Promise.resolve();

/** The description of this kind: waits until it comes. */
const came = (type) => (last[type] ? Promise.resolve(last[type]) : new Promise((done) => (awaited[type] = done)));

function heardDescription(description, from) {
  const { type, sdp } = description;
  endTurns("request-offer");
  if (type === "answer") {
    answered = true;
    endTurns("offer");
    if (partner === undefined) prefer(from, 3);
  } else {
    prefer(from, 3);
    inCall = true;
    answered = false;
  }
  present = present === undefined ? undefined : true;
  const again = last[type]?.sdp === sdp;
  const first = !last[type];
  if (again) return;
  last[type] = description;
  log("heard", `an ${type}`);
  if (first && type === (ROLE === "offerer" ? "answer" : "offer")) awaited[type]?.(description);
  else if (type === "offer") later = later.then(() => answerLater(description)).catch(failed);
}

/** An offer beside the course: two that crossed, or a change of what is agreed (an ICE restart, another channel). */
async function answerLater(offer) {
  await described;
  if (pc.signalingState === "have-local-offer" && !isPolite(offer)) return log("two offers crossed", "this side keeps its own");
  await setRemote(offer);
  await pc.setLocalDescription(await pc.createAnswer());
  await sayDescription();
}

function heardCandidate(candidate) {
  if (candidate === null) return log("heard", "the end of candidates");
  log("heard", candidate.candidate);
  addCandidate(candidate);
}

function failed(fault) {
  log("failed", `${fault.name}: ${fault.message}`);
  console.error(fault);
}

addEventListener("pagehide", () => {
  if (leaving) return;
  leaving = true;
  if (hasJoined) tell("leave", {});
  for (const channel of channels) channel.close();
  pc?.close();
  hangUp();
});
