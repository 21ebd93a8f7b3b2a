// The markup of a pair: the bar, the start, the tabs, both sides with what happens between them, and the bar at the bottom.

import { actorOf, STAGES } from "./webrtc-steps-pair-course.js";

const SVG = "http://www.w3.org/2000/svg";
/** The class of whoever acts: it gives colour and shape. */
export const CLASS = { offerer: "of", answerer: "an", endpoint: "en" };

/** An element with its attributes and children. Texts become text. */
export function make(name, marks = {}, ...children) {
  const made = document.createElement(name);
  for (const [mark, value] of Object.entries(marks)) made.setAttribute(mark, value);
  made.append(...children);
  return made;
}

function button(marks, ...children) {
  return make("button", { type: "button", ...marks }, ...children);
}

function draw(name, marks, ...children) {
  const drawn = document.createElementNS(SVG, name);
  for (const [mark, value] of Object.entries(marks)) drawn.setAttribute(mark, value);
  drawn.append(...children);
  return drawn;
}

/** The three shapes on their wire. */
function mark() {
  return draw(
    "svg",
    { width: 48, height: 18, viewBox: "0 0 48 18", "aria-hidden": "true" },
    draw("path", { d: "M9 9h30", stroke: "currentColor", "stroke-width": 1.5, opacity: 0.4 }),
    draw("circle", { class: "fill-of", cx: 9, cy: 9, r: 6.5 }),
    draw("rect", { class: "fill-en", x: 20, y: 5, width: 8, height: 8, rx: 1.4, transform: "rotate(45 24 9)" }),
    draw("rect", { class: "fill-an", x: 33, y: 3, width: 12, height: 12, rx: 3 }),
  );
}

/** A node for each step, in groups. */
function score(nodes) {
  const group = ([first, last]) => {
    const items = [];
    for (let step = first; step <= last; step += 1) {
      const node = make("span", { class: `node ring ${CLASS[actorOf(step)]}` });
      nodes.set(step, node);
      items.push(make("li", {}, node));
    }
    return make("li", {}, make("ol", {}, ...items));
  };
  return make("ol", { "aria-hidden": "true" }, ...STAGES.map(group));
}

/** Builds everything around the two sides. Answers with what changes later, by name. */
export function build(words, sides) {
  const at = { nodes: new Map(), sides: {}, tabs: {} };
  const say = (id) => words[id] ?? id;
  at.said = make("span", { class: "said" });
  at.rest = button({ class: "do-it", "data-do": "rest" }, say("pair.rest"));
  at.fail = button({ class: "switch", role: "switch", "aria-checked": "false", "data-do": "fail" }, make("i"), make("span", {}, say("ui.let-me-fail")));
  at.again = button({ class: "do-it", "data-do": "begin" }, say("pair.again"));
  at.leave = button({ class: "do-it", "data-do": "leave" }, say("ui.leave"));
  const bar = make(
    "header",
    { class: "bar", part: "bar" },
    make("span", { class: "name" }, mark(), make("b", {}, say("ui.name"))),
    make("div", { class: "score run-only" }, score(at.nodes), at.said),
    make(
      "div",
      { class: "bar-end" },
      make("span", { class: "room run-only" }, make("b", {}, say("pair.room"))),
      make("span", { class: "doing run-only" }, at.rest, at.fail),
      make("span", { class: "ending" }, at.again, at.leave, make("slot", { name: "back" })),
    ),
  );
  const side = (name) => sideOf(name, sides[name], at, say);
  at.between = make("div", { class: "happened-in", "data-place": "between" });
  at.loading = make("p", { class: "quiet" }, say("ui.diagram.loading"));
  at.middle = make("section", { class: "happened middle", "aria-label": say("ui.pane.diagram"), tabindex: "0", part: "diagram" }, at.between, at.loading);
  const bench = make("div", { class: "bench" }, side("offerer"), at.middle, side("answerer"));
  at.page = make(
    "div",
    { class: "page both-sides", "data-phase": "start", "data-tab": "offerer", "data-turn": "none" },
    bar,
    start(at, say),
    tabs(at, say),
    bench,
    nextbar(at, say),
  );
  at.frame = make("div", { class: "frame of-pair" }, at.page);
  return at;
}

/** Before it begins: whom it will contact, and the button. */
function start(at, say) {
  at.contacts = make("ul");
  at.nobody = make("p", {}, say("ui.consent.nobody"));
  at.begin = button({ class: "go", "data-do": "begin" }, say("pair.begin"));
  at.refusal = make("p", { class: "refusal", role: "alert", hidden: "" });
  return make(
    "section",
    { class: "first pair-start", "aria-label": say("pair.room"), part: "start" },
    make(
      "div",
      { class: "pair-start-in" },
      make("h2", {}, say("pair.start")),
      make("p", { class: "lead" }, say("pair.start.text")),
      make("section", { class: "consent" }, make("h3", {}, say("pair.consent")), at.contacts, at.nobody),
      at.refusal,
      at.begin,
    ),
  );
}

function tabs(at, say) {
  const names = { offerer: say("ui.offerer"), diagram: say("ui.tab.diagram"), answerer: say("ui.answerer") };
  for (const [name, text] of Object.entries(names)) {
    const turn = make("span", { class: "turn", hidden: "" });
    if (CLASS[name]) turn.append(make("span", { class: `node dot ${CLASS[name]}`, "aria-hidden": "true" }), make("span", { class: "vh" }, say("pair.turn")));
    at.tabs[name] = { turn, tab: button({ "data-do": "tab", "data-tab": name, "aria-pressed": String(name === "offerer") }, text, turn) };
  }
  return make("nav", { class: "tabs run-only", "aria-label": say("ui.tabs") }, ...Object.values(at.tabs).map(({ tab }) => tab));
}

function sideOf(name, element, at, say) {
  const title = say(name === "offerer" ? "ui.offerer" : "ui.answerer");
  const count = make("span");
  const waitHead = make("b");
  const waitText = make("span");
  const wait = make("div", { class: "wait", hidden: "" }, waitHead, waitText);
  const section = make(
    "section",
    { class: `side ${name}`, "aria-labelledby": `of-${name}`, tabindex: "-1" },
    make("header", { class: "you" }, make("span", { class: `node ${CLASS[name]}`, "aria-hidden": "true" }), make("div", {}, make("h2", { id: `of-${name}` }, title), count)),
    wait,
    element,
  );
  at.sides[name] = { section, count, wait, waitHead, waitText };
  return section;
}

function nextbar(at, say) {
  at.nextNode = make("span", { class: "node big", "aria-hidden": "true" });
  at.nextTitle = make("b");
  at.nextNote = make("span");
  at.go = button({ class: "go", "data-do": "next" }, say("ui.nextbar.go"));
  at.nextbar = make("div", { class: "nextbar run-only", hidden: "" }, at.nextNode, make("span", { class: "txt" }, at.nextTitle, at.nextNote), at.go);
  return at.nextbar;
}
