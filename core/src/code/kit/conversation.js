// The dialect: its rules ------------------------------------------------------

const RULES = DIALECT.messages;
/** The events that set a rule off, what it writes, and where its message travels. */
const told = (rule) => listed("both" in rule ? rule.means : rule.on);
const written = (rule) => ("both" in rule ? [rule.both] : "send" in rule ? [rule.send] : (rule.sends ?? []));
const means = (rule, event) => listed(rule.means).includes(event);
const isEnvelope = (rule) => told(rule).includes("message") || means(rule, "message");
const ENVELOPED = RULES.some(isEnvelope);
const isInside = (rule) => ENVELOPED && "both" in rule && !isEnvelope(rule);

/** What the holes stand for, by name. */
const values = { endpoint: ENDPOINT, room: ROOM };
let counted = 0;
for (const [name, declared] of Object.entries(DIALECT.variables ?? {})) {
  if (declared.per !== "message" && declared.make !== "count") begin(name, declared);
}

/** The other one: who it is, how sure that is (seen, asked, offered, given), and whether a call with it is under way. */
let partner = values.peer;
let standing = partner === undefined ? 0 : 4;
let inCall = false;
/** The answer was sent or came. */
let answered = false;

function begin(name, declared) {
  const given = ANSWERS[name] === "" ? undefined : ANSWERS[name];
  const value = given ?? declared.value ?? (declared.make && make(declared.make));
  if (value !== undefined) values[name] = value;
}

/** A value made up: `uuid`, `text N`, `integer MIN MAX`, `number`, `now` or `count`. */
function make(words) {
  const [kind, least, most] = words.split(" ");
  const random = (below) => Math.floor(Math.random() * below);
  const letters = (count, from) => Array.from({ length: count }, () => from[random(from.length)]).join("");
  if (kind === "uuid") return [8, 4, 4, 4, 12].map((count) => letters(count, "0123456789abcdef")).join("-");
  if (kind === "text") return letters(Number(least), "abcdefghijklmnopqrstuvwxyz0123456789");
  if (kind === "integer") return Number(least) + random(Number(most) - Number(least) + 1);
  if (kind === "number") return Math.random();
  return kind === "now" ? Date.now() : ++counted;
}

/** What names stand for: `carried` is what is said, `found` what was just read, `to` whom it goes to instead of the partner. */
function scope(carried = {}, found = undefined, to = undefined) {
  const peer = () => found?.peer ?? to ?? partner;
  const self = () => found?.values.self ?? values.self;
  return (name) => {
    if (name === "peer") return peer();
    if (name === "from") return found ? peer() : self();
    if (name === "to") return found ? self() : peer();
    if (name in carried) return carried[name];
    return found?.values[name] ?? values[name];
  };
}

/** Whether the conditions of a rule hold. */
const holds = (rule, look) => listed(rule.if).every((condition) => isTrue(condition, look));

function isTrue(condition, look) {
  const side = (text) => attempt(() => fill(text, look));
  const signs = [" < ", " > ", " != ", " = "].filter((sign) => condition.includes(sign));
  const [sign] = signs.sort((a, b) => condition.indexOf(a) - condition.indexOf(b));
  if (!sign) {
    const not = condition.startsWith("not ");
    return (side(not ? condition.slice(4) : condition) === undefined) === not;
  }
  const at = condition.indexOf(sign);
  const [left, right] = [side(condition.slice(0, at)), side(condition.slice(at + sign.length))];
  if (left === undefined || right === undefined) return false;
  const order = compare(left, right);
  return { " < ": order < 0, " > ": order > 0, " = ": order === 0, " != ": order !== 0 }[sign];
}

/** Tells an event: the first rule that fits acts, alone. False: a value is missing, so it has to be told again. */
function tell(event, carried) {
  const rule = RULES.find((rule) => told(rule).includes(event) && holds(rule, scope(carried)));
  if (!rule) return true;
  if (rule.after === "answer" && !answered) return false;
  if (!write(rule, carried)) return false;
  if (rule.every) repeat(rule, event, carried);
  return true;
}

function write(rule, carried) {
  try {
    const all = written(rule).map((example) => outgoing(rule, example, carried));
    if (rule.fetch) all.push(request(rule, carried));
    for (const go of all) go();
  } catch (held) {
    if (held instanceof NoValue) return false;
    throw held;
  }
  if (!("both" in rule) && !rule.fetch) conclude(rule, nothing());
  return true;
}

/** One message on its way, inside the envelope if it belongs there: calling the result sends it. */
function outgoing(rule, example, carried, to) {
  const message = filled(example, carried, to);
  if (!isInside(rule)) return () => post(encode(message));
  const inside = { message };
  const wrap = RULES.find((rule) => told(rule).includes("message") && holds(rule, scope(inside)));
  if (wrap?.fetch) return request(wrap, inside, to);
  const [whole] = wrap ? written(wrap) : [];
  if (whole === undefined) return () => {};
  const frame = encode(filled(whole, inside, to));
  return () => post(frame);
}

function filled(example, carried, to) {
  const named = holesOf(example).map(({ name }) => name);
  for (const [name, declared] of Object.entries(DIALECT.variables ?? {})) {
    const due = declared.per === "message" || (declared.make === "count" && values[name] === undefined);
    if (due && named.includes(name)) begin(name, declared);
  }
  return fill(example, scope(carried, undefined, to)) ?? null;
}

/** Takes in a frame. */
function read(frame) {
  const { messages, replies = [], connected } = decode(frame);
  replies.forEach(post);
  for (const message of messages) hear(message);
  if (connected) opened();
  flush();
}

/** A message: the first rule that reads it acts. `envelope` is there for one that came inside another. */
function hear(message, envelope) {
  for (const rule of RULES) {
    const example = rule.both ?? rule.read;
    if (!("both" in rule || "read" in rule) || isInside(rule) !== Boolean(envelope)) continue;
    const found = nothing();
    const matches = fits(example, message, found, (name) => values[name]) && sound(found, listed(rule.means));
    if (matches && holds(rule, scope({}, found, envelope?.peer))) return act(rule, found, envelope);
  }
  log("not read", JSON.stringify(message));
}

function act(rule, found, envelope, isAnswer = false) {
  const sender = found.peer ?? envelope?.peer;
  const stranger = inCall && sender !== undefined && partner !== undefined && !same(partner, sender);
  if (!stranger) {
    Object.assign(values, found.values);
    if (!isAnswer && !("both" in rule)) reply(rule, sender);
  }
  if (isAnswer || rule.fetch?.read === undefined) conclude(rule, found, sender, stranger);
  if (isInside(rule)) return;
  for (const message of found.messages) hear(message, { peer: sender });
}

function reply(rule, sender) {
  for (const example of written(rule)) attempt(() => outgoing(rule, example, {}, sender)());
  if (rule.fetch) attempt(() => request(rule, {}, sender)());
}

/** What a rule means happens, in its order. During a call, somebody else only tells who is there. */
function conclude(rule, found, sender, stranger = false) {
  const example = "both" in rule ? rule.both : rule.read;
  const holes = holesOf(example ?? rule.fetch?.read ?? null).map(({ name }) => name);
  const names = holes.includes("peer") || holes.includes("from");
  const whom = found.peers.length > 0 ? found.peers : names && found.peer === undefined ? [] : [sender];
  for (const event of listed(rule.means)) {
    if (stranger && !["peer-joined", "peers", "leave", "error"].includes(event)) continue;
    const { description } = found;
    if (event === "peer-joined") whom.forEach((peer) => isThere(peer, 1));
    else if (event === "request-offer") whom.forEach((peer) => isThere(peer, 2, true));
    else if (event === "peers") theseAreThere([...found.peers, ...listed(found.peer)]);
    else if (event === "leave") whom.forEach((peer) => hasLeft(peer ?? partner, "both" in rule));
    else if (event === description?.type) heardDescription(description, sender);
    else if (event === "candidate" || event === "end") found.candidates.splice(0).forEach((candidate) => heardCandidate(candidate));
    else if (event === "ice-servers") useServers(found.iceServers);
    else if (event === "error") log("the server complains", textIn(found.error ?? ""));
    else if (event === "joined") joined();
    else if (event === "closed") log("the room is over");
  }
}

/** Makes somebody the partner, unless another one has a better claim. */
function prefer(peer, claim) {
  const free = !inCall || partner === undefined;
  if (peer === undefined || !free || claim < standing || (claim === standing && claim < 3)) return;
  partner = peer;
  standing = claim;
}

/** Whether this side yields when two offers cross. */
function isPolite(theirs) {
  if (typeof DIALECT.polite === "boolean") return DIALECT.polite;
  if (typeof DIALECT.polite === "string") return isTrue(DIALECT.polite, scope());
  if (values.self !== undefined && partner !== undefined) return compare(values.self, partner) < 0;
  const fingerprint = (sdp) => /a=fingerprint:(\S+ \S+)/.exec(sdp)?.[1] ?? "";
  return fingerprint(pc.localDescription.sdp) < fingerprint(theirs.sdp);
}
