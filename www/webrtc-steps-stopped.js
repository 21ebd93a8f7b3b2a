// What an element shows when it stopped: why, its record, and the way to begin again.

/** Sentences of the element itself. They are needed exactly when the catalogue of words could not be loaded. */
export const SENTENCES = {
  "stopped.load": "The page's program could not be loaded: {fault}. Check the connection to this site and start again.",
  "stopped.no-wasm": "This browser has no WebAssembly, or it is switched off, as in Safari's Lockdown Mode or Edge's enhanced security. This page's program is WebAssembly: allow it for this site, or open the page in another browser, and start again.",
  "stopped.no-webrtc": "This browser has no WebRTC, or it is switched off by a setting or an extension. There is nothing here to connect without it: allow it, or open the page in another browser, and start again.",
  "stopped.other-hash": "{file} cannot be used: its hash is not the one that this module was made with, so it was changed on its host or is of another version. Put all files of one version there, unchanged, and start again.",
  "stopped.other-origin": "{file} could not be loaded from {host}, another origin than this page’s. Either that host cannot be reached, or it does not share its files: then it has to answer with Access-Control-Allow-Origin. Start again after that.",
  "stopped.status": "{file} could not be loaded: its host answered with {status}. If it is missing, put it there beside the module, and start again.",
  "stopped.fault": "A mistake in this page's program stopped it: {fault}. What happened until then is kept below. Nothing else on this page is affected.",
  "stopped.again": "Start again",
  "stopped.record": "The record of the run that stopped",
  "stopped.gone": "The element left the page before the command was carried out.",
  "stopped.elsewhere": "This element was made in another window's document, and its program works there only. Load its module in this document too, and make the element here.",
  "stopped.outside": "The element is not in a page, so it carries out nothing. Put it into the document first.",
};

/** A sentence with its holes filled. */
export const filled = (sentence, args) => sentence.replace(/\{(\w+)\}/g, (hole, name) => args[name] ?? hole);

/** What is said of a fault: the sentence it brings, or this one. `words` gives a sentence by its id. */
export function saidOf(fault, sentence, words) {
  return filled(words(fault?.sentence ?? sentence), fault?.args ?? { fault: String(fault?.message ?? fault) });
}

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

/** What stands there while the program is on its way for long. */
export function loadingLine(words) {
  const said = make("p", words["loading.program"]);
  said.setAttribute("role", "status");
  return make("div", said, { className: "frame" });
}

function make(name, content, marks = {}) {
  const made = Object.assign(document.createElement(name), marks);
  made.append(...[content].flat());
  return made;
}
