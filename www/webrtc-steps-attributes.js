// Attributes of the element, the properties that reflect them, and what a page may write and read in plain data.

/** Texts: the property is the attribute, and an empty text without one. Null and undefined remove it. */
const TEXTS = {
  endpoint: "endpoint",
  room: "room",
  dialect: "dialect",
  dialectDocument: "dialect-document",
  hosts: "hosts",
  iceServers: "ice-servers",
  theme: "theme",
};

/** Choices: the property is one of these words, and the first where the attribute is none of them. */
const CHOICES = {
  mode: ["mode", "manual", "trickle", "auto"],
  peerRole: ["peer-role", "auto", "offerer", "answerer"],
  iceTransportPolicy: ["ice-transport-policy", "all", "relay"],
};

/** What the element hears of when it changes. `var-NAME` can have any name, so a MutationObserver looks after those. */
export const OBSERVED = [...Object.values(TEXTS), ...Object.values(CHOICES).map(([name]) => name), "autojoin", "lang"];

/** Gives a class the properties. */
export function reflect(prototype) {
  const property = (name, get, set) => Object.defineProperty(prototype, name, { get, set, enumerable: true, configurable: true });
  for (const [name, attribute] of Object.entries(TEXTS)) {
    property(name, textOf(attribute), setter(attribute));
  }
  for (const [name, [attribute, ...words]] of Object.entries(CHOICES)) {
    property(name, choiceOf(attribute, words), setter(attribute));
  }
  property("autojoin", flagOf, setFlag);
}

/** Properties that were set on the element before it had its class are taken over. */
export function takeOver(element) {
  for (const name of [...Object.keys(TEXTS), ...Object.keys(CHOICES), "autojoin"]) {
    if (!Object.hasOwn(element, name)) continue;
    const value = element[name];
    delete element[name];
    element[name] = value;
  }
}

function textOf(attribute) {
  return function text() {
    return this.getAttribute(attribute) ?? "";
  };
}

function choiceOf(attribute, words) {
  return function choice() {
    const given = this.getAttribute(attribute);
    return words.includes(given) ? given : words[0];
  };
}

function setter(attribute) {
  return function set(value) {
    // A list (of servers, of hosts) is written as the attribute is: with blanks between.
    if (value === null || value === undefined) this.removeAttribute(attribute);
    else this.setAttribute(attribute, Array.isArray(value) ? value.join(" ") : String(value));
  };
}

function flagOf() {
  return this.hasAttribute("autojoin");
}

function setFlag(value) {
  this.toggleAttribute("autojoin", Boolean(value));
}

/** The states, by the names of the data-* attributes; each in the browser's own word. */
const STATES = ["role", "signalingLink", "signalingState", "iceGatheringState", "iceConnectionState", "connectionState", "channelState"];

/** The states of an element as one object. */
export function statesOf({ dataset }) {
  const states = STATES.map((name) => [name, dataset[name] ?? "none"]);
  return Object.freeze({ ...Object.fromEntries(states), stopped: dataset.state === "stopped" });
}

/** Nothing of what an element was connected with is there any more. */
export function forgetStates({ dataset }) {
  for (const name of STATES) if (name in dataset) dataset[name] = "none";
}

/** What a command takes, as its text: true and false are `on` and `off`, plain data is JSON. */
export function textFor(value) {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
