// What an element shows when it stopped: why, its record, and the way to begin again.

/** The panel. `words` gives a sentence by its id; `again` begins anew. */
export function stoppedPanel(said, record, words, again) {
  const button = make("button", words("stopped.again"), { type: "button", className: "do-it" });
  button.addEventListener("click", again);
  const parts = [make("p", said), button];
  if (record.length > 0) {
    const lines = record.map((detail) => JSON.stringify(detail)).join("\n");
    parts.push(make("h2", words("stopped.record")), make("pre", lines, { tabIndex: 0 }));
  }
  const panel = make("section", parts, { className: "stopped" });
  panel.setAttribute("role", "alert");
  return make("div", panel, { className: "frame" });
}

function make(name, content, marks = {}) {
  const made = Object.assign(document.createElement(name), marks);
  made.append(...[content].flat());
  return made;
}
