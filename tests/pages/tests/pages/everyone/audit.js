// Judges what the page shows at this moment. Answers with what is wrong, a line each.
//
// axe-core sees it wide and narrow in both schemes; colours are all that a scheme changes, so the dark one is judged for them only.
// Then everything has to fit into 320 pixels: as it is, from right to left, and with the text spacing of WCAG 1.4.12.
await import("/axe.min.js");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-block-end: 2em !important; }";
const wrong = new Set();
const hosts = [...document.querySelectorAll("webrtc-steps, webrtc-steps-pair")];
const page = document.documentElement;

function wear(scheme, width, direction = "ltr") {
  for (const element of [page, ...hosts]) element.style.colorScheme = scheme;
  document.body.style.width = width ? `${width}px` : "";
  page.dir = direction;
}

async function axe(name, runOnly) {
  const { violations } = await window.axe.run(document, { runOnly, resultTypes: ["violations"] });
  for (const { id, nodes } of violations) {
    for (const { target, html, any, all, none } of nodes) {
      const [why] = [...any, ...all, ...none];
      wrong.add(`${name}: axe ${id}: ${target.flat().join(" ")}: ${html.slice(0, 160)}: ${why?.message}`);
    }
  }
}

/** Everything in the page and in the shadow roots, that has a box and is not only for the ear. */
function* boxes(root = document.body) {
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) yield* boxes(element.shadowRoot);
    if (!element.closest(".vh, svg, template") && element.checkVisibility({ visibilityProperty: true })) yield element;
  }
}

const nameOf = (element) => {
  const own = element.dataset?.part ?? element.getAttribute("class") ?? "";
  return `${element.localName}.${own} in ${element.parentElement?.getAttribute("class") ?? ""} “${element.textContent.slice(0, 40)}”`;
};

/** What sticks out of the page, has to be moved sideways to be read, or is cut off. */
function fit(name) {
  const { left, right } = document.body.getBoundingClientRect();
  for (const element of boxes()) {
    if (["textarea", "input", "select", "option"].includes(element.localName)) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1) continue;
    if (box.right > right + 1 || box.left < left - 1) wrong.add(`${name}: sticks out by ${Math.round(Math.max(box.right - right, left - box.left))}: ${nameOf(element)}`);
    if (style.overflowX === "visible" || style.overflowX === "clip") continue;
    // A line that is shortened in sight opens with a click, as a button that says so.
    const opens = style.textOverflow === "ellipsis" && element.closest("[aria-expanded], [aria-pressed]");
    if (element.scrollWidth > element.clientWidth + 1 && !opens) wrong.add(`${name}: wider than its box (${element.scrollWidth} in ${element.clientWidth}): ${nameOf(element)}`);
    if (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 2 && !opens) wrong.add(`${name}: higher than its box: ${nameOf(element)}`);
  }
}

// What is still on its way to where it belongs is not what a person reads.
for (const root of [document, ...hosts.map(({ shadowRoot }) => shadowRoot)]) for (const animation of root.getAnimations()) animation.finish();

const spaced = new CSSStyleSheet();
spaced.replaceSync(SPACING);
const roots = () => [document, ...hosts.map(({ shadowRoot }) => shadowRoot), ...hosts.flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll("webrtc-steps")].map((inner) => inner.shadowRoot))];

wear("light");
await axe("wide, light", TAGS);
wear("dark");
await axe("wide, dark", { type: "rule", values: ["color-contrast"] });
// What sticks to an edge of the window covers what can be scrolled out from under it, so axe would measure a moment of scrolling.
const loose = new CSSStyleSheet();
loose.replaceSync(".nextbar, .tabs, .last-word, .past { position: static !important; }");
for (const root of roots()) root.adoptedStyleSheets = [...root.adoptedStyleSheets, loose];
wear("light", 390);
await axe("narrow, light", TAGS);
wear("dark", 390);
await axe("narrow, dark", { type: "rule", values: ["color-contrast"] });
wear("light", 320);
fit("320 px");
wear("light", 320, "rtl");
fit("320 px, right to left");
wear("light", 320);
for (const root of roots()) root.adoptedStyleSheets = [...root.adoptedStyleSheets, spaced];
fit("320 px, text spacing");
for (const root of roots()) root.adoptedStyleSheets = [...root.adoptedStyleSheets].filter((sheet) => sheet !== spaced && sheet !== loose);
for (const element of [page, ...hosts]) element.style.colorScheme = "";
document.body.style.width = "";
page.removeAttribute("dir");
return [...wrong];
