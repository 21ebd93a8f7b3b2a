// Keys: what somebody types or presses in the element is not heard by the page around it, so that no slide turns while a line is written.

/** Fields in which every key writes or chooses. */
const WRITES = "input:not([type=checkbox], [type=radio], [type=file], [type=button]), textarea, select, [contenteditable], [role=slider], [role=textbox]";
/** What Enter and the space bar press. */
const PRESSED = "button, summary, a[href], input, label, [role=button], [role=tab], [role=switch]";
/** What moves within a list of choices or a scrolled pane. */
const MOVES = /^(Arrow(Up|Down|Left|Right)|Home|End|Page(Up|Down))$/;

/** Whether a key does something inside the element. Tab, Escape, function keys and those held with Ctrl, Alt or Meta are the page's too. */
export function isOurs(event) {
  const { key, ctrlKey, altKey, metaKey } = event;
  if (event.defaultPrevented) return true;
  if (ctrlKey || altKey || metaKey || /^(Tab|Escape|F\d+)$/.test(key)) return false;
  const [target] = event.composedPath();
  if (!target.matches?.("*")) return false;
  if (target.matches(WRITES)) return true;
  if (key === "Enter" || key === " ") return target.matches(PRESSED) || isScrolled(target);
  return MOVES.test(key) && (target.matches("[type=radio]") || isScrolled(target));
}

/** Whether the target is, or stands in, a pane of ours that these keys scroll. */
function isScrolled(target) {
  for (let at = target; at?.clientHeight !== undefined; at = at.parentElement) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return true;
  }
  return false;
}
