// Clicks join and answers, in ms, how long after the click the page shows a state. The same for every page that has a
// join control and shows its states as data-* attributes of <webrtc-steps> or else of <body>.
const [state, value] = arguments;
const host = document.querySelector("webrtc-steps") ?? document.body;
const join = (host.shadowRoot ?? document).querySelector("[data-command=join]");
return new Promise((answer) => {
  let clicked;
  join.addEventListener("click", () => { clicked = performance.now(); }, { capture: true, once: true });
  new MutationObserver((_changes, observer) => {
    if (host.getAttribute(state) !== value) return;
    observer.disconnect();
    answer(performance.now() - clicked);
  }).observe(host, { attributeFilter: [state] });
  join.click();
});
