// The dialect: examples with holes --------------------------------------------
// An example is JSON. Writing fills its holes, reading matches the rest and captures what stands in them.

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value) => (["string", "number", "boolean"].includes(typeof value) ? String(value) : undefined);
const textIn = (value) => textOf(value) ?? JSON.stringify(value);
const same = (a, b) => textIn(a) === textIn(b) && (textOf(a) === undefined) === (textOf(b) === undefined);
const listed = (value) => (value === undefined ? [] : [value].flat());

/** Numbers, and texts of digits, compare as numbers; everything else as text. */
function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  [a, b] = [textIn(a), textIn(b)];
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) [a, b] = [BigInt(a), BigInt(b)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A text cut into literals (texts) and holes (objects). */
function cut(text) {
  const pieces = [""];
  for (const [token, inside] of text.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (inside !== undefined) pieces.push(hole(inside), "");
    else pieces[pieces.length - 1] += token === "{{" || token === "}}" ? token[0] : token;
  }
  return pieces.filter((piece) => piece !== "");
}

/** `name.part`, then the mark `?` or `!`, then `|pipes`. */
function hole(inside) {
  const [named, ...pipes] = inside.split("|");
  const mark = /[?!]$/.test(named) ? named.slice(-1) : "";
  const [name, part] = (mark ? named.slice(0, -1) : named).split(".");
  return { name, part, mark, pipes };
}

const isRepeat = (example) => Array.isArray(example) && example.length === 2 && example[1] === "...";

/** The pipe and the inside of `{"|json": …}`. */
function piped(example) {
  const [key, ...more] = Object.keys(example);
  return key?.startsWith("|") && more.length === 0 ? [PIPES[key.slice(1)], example[key]] : [];
}

/** Every hole of an example. */
function holesOf(example) {
  if (typeof example === "string") return cut(example).filter((piece) => typeof piece === "object");
  if (Array.isArray(example)) return example.flatMap(holesOf);
  if (!isObject(example)) return [];
  return Object.entries(example).flatMap(([key, inner]) => [...(key.startsWith("|") ? [] : holesOf(key)), ...holesOf(inner)]);
}

/** Whether the key that has this example may be missing. */
const optional = (example) => {
  const holes = holesOf(example);
  return holes.length > 0 && holes.every(({ mark }) => mark === "?");
};

const toBase64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const fromBase64 = (text) => {
  const bytes = atob(text.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0)));
};

/** What stands between a value and the wire. `undo` gives undefined for what the pipe never makes. */
const PIPES = {
  json: { apply: (value) => JSON.stringify(value), undo: (value) => (typeof value === "string" ? attempt(() => JSON.parse(value)) : undefined) },
  base64: { apply: (value) => toBase64(textIn(value)), undo: (value) => (typeof value === "string" ? attempt(() => fromBase64(value)) : undefined) },
  text: { apply: textIn, undo: (value) => (typeof value === "string" ? value : undefined) },
  number: {
    apply: (value) => {
      const number = attempt(() => JSON.parse(textIn(value)));
      return typeof number === "number" ? number : value;
    },
    undo: (value) => (typeof value === "number" ? String(value) : undefined),
  },
};

function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** A hole has no value: what needs it waits. */
class NoValue extends Error {}

/** The value of a hole; undefined where it is optional and has none. `look` gives what a name stands for. */
function valueOf({ name, part, mark, pipes }, look) {
  let value = look(name);
  // The end of candidates has an empty text, and no other part.
  const none = name === "candidate" && part === "candidate" ? "" : null;
  if (value !== undefined && part) value = value?.[part] ?? none;
  if (mark === "?" && (value === undefined || value === null)) return undefined;
  if (value === undefined) throw new NoValue(name);
  return pipes.reduce((piped, pipe) => PIPES[pipe].apply(piped), value);
}

/** Fills an example; undefined where it is optional and has no value. */
function fill(example, look) {
  if (typeof example === "string") {
    const pieces = cut(example);
    if (pieces.length === 1 && typeof pieces[0] === "object") return valueOf(pieces[0], look);
    return pieces.map((piece) => (typeof piece === "string" ? piece : textIn(valueOf(piece, look)))).join("");
  }
  if (isRepeat(example)) {
    // Once for each candidate.
    const each = look("candidates") ?? [];
    const filled = each.map((candidate) => fill(example[0], (name) => (name === "candidate" ? candidate : look(name))));
    return filled.filter((value) => value !== undefined);
  }
  if (Array.isArray(example)) return example.map((inner) => fill(inner, look) ?? null);
  if (!isObject(example)) return example;
  const [pipe, inside] = piped(example);
  if (pipe) {
    const value = fill(inside, look);
    return value === undefined ? undefined : pipe.apply(value);
  }
  const whole = {};
  for (const [key, inner] of Object.entries(example)) {
    const value = fill(inner, look);
    if (value !== undefined) whole[textIn(fill(key, look))] = value;
  }
  return whole;
}
