// The transport: other tabs of this browser, at the same origin ---------------
// Every tab says hello; whoever is in answers `here`. Lines are [kind, from, to, text].

const LISTEN = 400;
const PRESENT = false;
const air = new BroadcastChannel(`webrtc-steps ${ROOM}`);
const heard = new Map();
let isIn = false;
let other;

const say4 = (kind, to = "", text = "") => air.postMessage([kind, values.self, to, text]);

/** Comes back once this tab is in: at once if somebody who is in has answered, else after listening for a moment. */
async function join() {
  values.self = make("text 6");
  air.onmessage = ({ data }) => hearTab(data);
  say4("hello");
  setTimeout(() => isIn || decide(), LISTEN);
  await isJoined;
}

function hearTab([kind, from, to, text]) {
  if (from === values.self || (to !== "" && to !== values.self)) return;
  if (kind === "hello") greet(from);
  else if (kind === "here" && !isIn) {
    heard.set(from, heard.get(from) || text === "in");
    if (text === "in") decide();
  } else if (kind === "full" && !isIn) log("the room is full", "two tabs are in it already");
  else if (kind === "bye") farewell(from);
  else if (kind === "signal") {
    if (!isIn && heard.has(from)) decide();
    if (other !== from) return;
    log("received", text);
    read(text);
  }
}

function greet(from) {
  if (!isIn) {
    heard.set(from, heard.get(from) ?? false);
    return say4("here", from, "entering");
  }
  if (other !== undefined && other !== from) return say4("full", from);
  say4("here", from, "in");
  meet(from);
}

/** In, first or second, or full. Of those who enter at the same moment the smaller ids are first. */
function decide() {
  if (isIn) return;
  const before = [...heard].filter(([id, was]) => was || id < values.self);
  if (before.length > 1) return log("the room is full", "two tabs are in it already");
  isIn = true;
  opened();
  const first = [...heard].find(([, was]) => was)?.[0] ?? [...heard.keys()].sort()[0];
  if (first !== undefined) meet(first);
}

function meet(id) {
  const known = other === id;
  other = partner = id;
  if (!known) isThere(id, 4);
}

function farewell(from) {
  heard.delete(from);
  if (other !== from) return;
  other = undefined;
  hasLeft(from, false);
}

function post(text) {
  log("sent", text);
  say4("signal", other, text);
}

function hangUp() {
  say4("bye");
  air.close();
}
