// What an element loads when it is first needed: the panels' program, their words and their look.

const here = (path) => new URL(path, import.meta.url);

/** The catalogues of the panels, by topic: each is a file of words/en/. */
const TOPICS = ["panels", "diagnosis", "refusals", "diagram", "descriptions", "candidates", "code", "faults", "exercises", "record"];

/** The style sheets of the panels, below panels/. */
const SHEETS = [
  "panels",
  "diagnosis",
  "diagram",
  "states",
  "candidates",
  "descriptions",
  "code",
  "exercises",
  "faults",
  "record",
];

async function fetched(path) {
  const answer = await fetch(here(path), { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`);
  return answer;
}

async function sheetOf(name) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(await (await fetched(`panels/${name}.css`)).text());
  return sheet;
}

let loading;

/** Loads everything once, side by side; after a failure the next call tries again. */
export function loadPanels() {
  loading ??= loadAll().catch((fault) => {
    loading = undefined;
    throw fault;
  });
  return loading;
}

async function loadAll() {
  const [glue, wasm, sheets, topics] = await Promise.all([
    import(here("wasm/webrtc-steps-panels.js").href),
    fetched("wasm/webrtc-steps-panels_bg.wasm"),
    Promise.all(SHEETS.map(sheetOf)),
    Promise.all(TOPICS.map((topic) => fetched(`words/en/${topic}.json`).then((answer) => answer.json()))),
  ]);
  await glue.default({ module_or_path: wasm });
  return { open: glue.open, sheets, words: Object.assign({}, ...topics) };
}
