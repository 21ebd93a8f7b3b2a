// What a foreign client tells the tests: lines of JSON, `ready`, `open`, `received`, `closed` and `failed`, in window.said.
window.said = [];

export function tell(line) {
  window.said.push(JSON.stringify(line));
}

// The words of the page's query.
export const asked = Object.fromEntries(new URLSearchParams(location.search));

addEventListener("error", (event) => tell({ failed: event.message }));
addEventListener("unhandledrejection", (event) => tell({ failed: String(event.reason) }));
