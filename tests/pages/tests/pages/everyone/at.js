// Where the keyboard is: what has the focus, and what is wrong with how it can be seen.
let at = document.activeElement;
while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
const lost = !at || at === document.body || at === document.documentElement || at.localName.startsWith("webrtc-steps");
if (lost) return { lost: true, inside: false };
const root = at.getRootNode();
const box = at.getBoundingClientRect();
// A field within a frame of its own, and a switch beside its words, show the focus on what is around them.
const shown = [at, at.closest("label"), at.parentElement].filter(Boolean);
const outlined = (element) => {
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
};
const wrong = [];
const pane = at.matches("section, .wb, ol, .talk, .json, .wide-table") && at.matches("[tabindex]");
if (!shown.some(outlined) && !at.matches("[tabindex='-1']")) wrong.push("no outline");
// Of a field that nobody sees, its label is what is seen.
const target = box.width <= 1 ? at.closest("label") : at;
const seen = target.getBoundingClientRect();
// WCAG 2.4.11 wants what has the focus not entirely out of sight; Firefox scrolls to nothing of which a part is seen already.
const inSight = Math.min(seen.bottom, innerHeight) - Math.max(seen.top, 0);
if (inSight < Math.min(24, seen.height / 2) && !pane) wrong.push(`out of sight (${Math.round(seen.top)} to ${Math.round(seen.bottom)} of ${innerHeight})`);
// Nor hidden by something else. A few points of it are looked at.
const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
const hit = ([x, y]) => {
  const there = root.elementFromPoint(seen.left + seen.width * x, seen.top + seen.height * y);
  return there && (target.contains(there) || there.contains(target));
};
if (!pane && !points.some(hit)) wrong.push("covered by something else");
return {
  lost: false,
  inside: root instanceof ShadowRoot,
  name: `${at.localName} ${at.dataset.command ?? at.dataset.do ?? at.dataset.view ?? at.getAttribute("name") ?? at.getAttribute("class") ?? ""} “${(at.getAttribute("aria-label") ?? at.textContent).trim().slice(0, 40)}”`,
  command: at.dataset.command ?? null,
  field: at.getAttribute("name"),
  does: at.dataset.do ?? at.dataset.view ?? null,
  wrong,
};
