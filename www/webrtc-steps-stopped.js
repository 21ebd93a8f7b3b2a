// What an element shows when it stopped: why, its record, and the way to begin again.

/** The sentences of an element that stopped. They are needed exactly when the catalogue of words could not be loaded. */
export const SENTENCES = {
  "stopped.load": "The page's program could not be loaded: {fault}. Check the connection to this site and start again.",
  "stopped.no-wasm": "This browser has no WebAssembly, or it is switched off, as in Safari's Lockdown Mode or Edge's enhanced security. This page's program is WebAssembly: allow it for this site, or open the page in another browser, and start again.",
  "stopped.no-webrtc": "This browser has no WebRTC, or it is switched off by a setting or an extension. There is nothing here to connect without it: allow it, or open the page in another browser, and start again.",
  "stopped.fault": "A mistake in this page's program stopped it: {fault}. What happened until then is kept below. Nothing else on this page is affected.",
  "stopped.again": "Start again",
  "stopped.record": "The record of the run that stopped",
  "stopped.gone": "The element left the page before the command was carried out.",
  "stopped.outside": "The element is not in a page, so it carries out nothing. Put it into the document first.",
};

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
