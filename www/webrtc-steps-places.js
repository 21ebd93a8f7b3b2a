// Places within the element: everything that has `data-at` can be led to. What is folded around it is opened by its own buttons.

/** The pane of a place, and the tab that shows it where there is one column. */
const TABS = { chat: ".talks", steps: ".do", diagram: ".happened", details: ".details", workbench: ".workbench" };
/** What opens the thing that it stands in, or right above. */
const OPENER = "button[aria-expanded=false]";
/** The opener of a place itself: the head of a panel, the line of an event. */
const OWN_OPENER = ":scope > :is(h2, h3) > button[aria-expanded=false], :scope > :is(button.row, button.l)[aria-expanded=false]";
const REACHABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

/** Opens, scrolls to and focuses the place; whether it is there and can be seen now. */
export function lead(root, place) {
  const target = find(root, place);
  if (!target) return false;
  for (const folded of around(target, root).reverse()) open(folded);
  target.querySelector(OWN_OPENER)?.click();
  if (!target.checkVisibility()) chooseTab(root, target);
  if (!target.checkVisibility()) return false;
  target.scrollIntoView({ block: target.clientHeight > innerHeight / 2 ? "start" : "center" });
  if (!target.matches(REACHABLE)) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  return true;
}

/** The place; where it is one of several that take turns, its turn comes first. */
function find(root, place) {
  const name = CSS.escape(place);
  const seek = () => root.querySelector(`[data-at="${name}"]`);
  const target = seek();
  if (target && !target.closest("[hidden]")) return target;
  root.querySelector(`[data-shows~="${name}"]`)?.click();
  return seek() ?? target ?? rowOf(root, /^event-(\d+)$/.exec(place)?.[1]);
}

/** An event without a row of its own is told by the one before it. Earlier rows come back when they are asked for. */
function rowOf(root, number) {
  if (!number) return undefined;
  const rows = () => [...root.querySelectorAll("[data-at^=event-]")];
  const numberOf = (row) => Number(row.dataset.at.slice("event-".length));
  for (let shown = -1; shown !== rows().length && !rows().some((row) => numberOf(row) <= number); ) {
    shown = rows().length;
    root.querySelector("[data-do=diagram-earlier]")?.click();
  }
  return rows().findLast((row) => numberOf(row) <= number);
}

/** Everything around the target that is folded, from the inside out. */
function around(target, root) {
  const folded = [];
  for (let at = target; at && at !== root; at = at.parentElement) {
    if (at.hidden || (at.localName === "details" && !at.open)) folded.push(at);
  }
  return folded;
}

function open(folded) {
  if (folded.localName === "details") {
    folded.open = true;
    return;
  }
  // The nearest button before it that folds something: beside it, or in the heading above it.
  for (let at = folded.previousElementSibling; at && folded.hidden; at = at.previousElementSibling) {
    const opener = at.matches(OPENER) ? at : at.querySelector(OPENER);
    opener?.click();
  }
}

function chooseTab(root, target) {
  const [tab] = Object.entries(TABS).find(([, pane]) => target.closest(pane)) ?? [];
  root.querySelector(`[data-view=tab][data-tab="${tab}"]`)?.click();
}
