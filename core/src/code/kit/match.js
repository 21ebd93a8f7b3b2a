/** What one message captured. */
const nothing = () => ({ values: {}, peers: [], candidates: [], iceServers: [], messages: [] });

/** Whether a message fits an example; `found` takes what stands in the holes. `known` gives values that must be met again. */
function fits(example, message, found, known) {
  if (typeof example === "string") {
    const pieces = cut(example);
    if (pieces.length === 0) return message === "";
    if (pieces.length > 1) return typeof message === "string" && fitsText(pieces, message, found, known);
    return typeof pieces[0] === "string" ? message === pieces[0] : capture(pieces[0], message, found, known);
  }
  if (Array.isArray(example)) {
    if (!Array.isArray(message) || (example.length === 0 && message.length > 0)) return false;
    if (!isRepeat(example)) return example.every((inner, index) => entry(inner, message[index], found, known));
    for (const item of message.slice(0, 256)) element(example[0], item, undefined, found, known);
    return true;
  }
  if (!isObject(example)) return example === message;
  const [pipe, inside] = piped(example);
  if (pipe) {
    const undone = pipe.undo(message);
    return undone !== undefined && fits(inside, undone, found, known);
  }
  return isObject(message) && fitsObject(example, message, found, known);
}

function fitsObject(example, message, found, known) {
  const keys = Object.keys(example);
  if (keys.length === 0) return Object.keys(message).length === 0;
  return keys.every((named) => {
    let [key] = cut(named);
    if (typeof key === "object") {
      if (key.name === "peer" || key.name === "from") {
        // The key is the peer: each of them.
        for (const [id, item] of Object.entries(message).slice(0, 256)) element(example[named], item, id, found, known);
        return true;
      }
      key = textOf(bound(key, found, known));
      if (key === undefined) return false;
    }
    return entry(example[named], Object.hasOwn(message, key) ? message[key] : undefined, found, known);
  });
}

function entry(example, value, found, known) {
  if ((value === undefined || value === null) && optional(example)) return true;
  return value !== undefined && fits(example, value, found, known);
}

/** One of many; one that does not fit is passed over. */
function element(example, item, id, found, known) {
  const inside = nothing();
  const named = id === undefined || capture(hole("peer"), id, inside, known);
  if (!named || !fits(example, item, inside, known)) return;
  if (!sound(inside, ["candidate", "end"])) return;
  if (inside.peer !== undefined) found.peers.push(inside.peer);
  for (const list of ["candidates", "iceServers", "messages"]) found[list].push(...inside[list]);
}

/** One pass: each hole takes the shortest text that lets the next literal follow. */
function fitsText(pieces, text, found, known) {
  const parts = [];
  for (const piece of pieces) {
    const value = typeof piece === "object" && piece.pipes.length === 0 ? textOf(bound(piece, found, known)) : undefined;
    const part = value ?? piece;
    if (typeof part === "string" && typeof parts.at(-1) === "string") parts[parts.length - 1] += part;
    else parts.push(part);
  }
  let rest = text;
  let open;
  for (const [index, part] of parts.entries()) {
    if (typeof part === "object") {
      open = part;
      continue;
    }
    const last = index + 1 === parts.length;
    const at = open && last ? (rest.endsWith(part) ? rest.length - part.length : -1) : rest.indexOf(part);
    if (at < 0 || (!open && at > 0)) return false;
    if (open && !capture(open, rest.slice(0, at), found, known)) return false;
    open = undefined;
    rest = rest.slice(at + part.length);
  }
  return open ? capture(open, rest, found, known) : rest === "";
}

/** The value that a hole has to meet, if it has one. */
function bound({ name, mark }, found, known) {
  if (["_", "peer", "from", "message", "description", "candidate", "iceServer", "error"].includes(name)) return undefined;
  const variable = name === "to" ? "self" : name;
  return found.values[variable] ?? (mark === "!" ? undefined : known(variable));
}

function capture(hole, value, found, known) {
  for (const pipe of [...hole.pipes].reverse()) {
    value = PIPES[pipe].undo(value);
    if (value === undefined) return false;
  }
  const { name, part } = hole;
  if (name === "_") return true;
  if (name === "message") return found.messages.push(value) > 0;
  if (["description", "candidate", "iceServer", "error"].includes(name)) {
    if (part) (found[name] ??= {})[part] = value;
    else found[name] = value;
    return true;
  }
  const before = bound(hole, found, known);
  if (name === "to") return before === undefined || same(before, value);
  if (name === "peer" || name === "from") {
    // An id, and not my own: the echo filter.
    if (!textOf(value) || (known("self") !== undefined && same(known("self"), value))) return false;
    found.peer ??= value;
    return same(found.peer, value);
  }
  if (before !== undefined) return same(before, value);
  if (value === null) return false;
  found.values[name] = value;
  return true;
}

/** Whether what was captured is a description, a candidate or a server, and what the rule means; brings it into one form. */
function sound(found, means) {
  if (found.description !== undefined) {
    found.description = readDescription(found.description, means);
    if (!found.description) return false;
  }
  if (found.candidate !== undefined) {
    const candidate = readCandidate(found.candidate);
    if (candidate === undefined) return false;
    found.candidates.push(candidate);
    found.candidate = undefined;
  }
  if (found.iceServer !== undefined) {
    const server = readServer(found.iceServer);
    if (!server) return false;
    found.iceServers.push(server);
    found.iceServer = undefined;
  }
  const me = found.values.self;
  if (me !== undefined) {
    found.peers = found.peers.filter((peer) => !same(peer, me));
    if (found.peer !== undefined && same(found.peer, me)) return false;
  }
  const onlyEnd = means.includes("end") && !means.includes("candidate");
  return !onlyEnd || found.candidates.every((candidate) => candidate === null);
}

function readDescription(value, means) {
  const sdp = isObject(value) ? value.sdp : value;
  if (typeof sdp !== "string" || !sdp.trimStart().startsWith("v=")) return undefined;
  const kinds = means.filter((word) => word === "offer" || word === "answer");
  const type = isObject(value) && value.type !== undefined ? value.type : kinds[0];
  return kinds.includes(type) ? { type, sdp } : undefined;
}

/** A candidate; null for an end of them; undefined for anything else. */
function readCandidate(value) {
  const parts = isObject(value) ? value : { candidate: value };
  const text = parts.completed === true ? null : parts.candidate;
  if (text === null) return null;
  if (typeof text !== "string") return undefined;
  const candidate = text.trim().replace(/^a=/, "");
  if (candidate === "") return null;
  if (!candidate.startsWith("candidate:")) return undefined;
  const index = parts.sdpMLineIndex === undefined || parts.sdpMLineIndex === null ? null : Number(parts.sdpMLineIndex);
  const sdpMid = textOf(parts.sdpMid) ?? (index === null ? "0" : null);
  return { candidate, sdpMid, sdpMLineIndex: index, usernameFragment: textOf(parts.usernameFragment) ?? null };
}

function readServer(value) {
  const urls = listed(value?.urls ?? value?.url);
  if (urls.length === 0 || !urls.every((url) => /^(stun|turn)s?:/.test(url))) return undefined;
  return { urls, username: textOf(value.username), credential: textOf(value.credential) };
}
