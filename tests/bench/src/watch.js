// In both pages of a first visit, before their own scripts: when join can first be clicked, clicked at once, and when the channel is
// open, each in ms after the navigation began.
const visit = {};
window.benchVisit = visit;

function look() {
  const host = document.querySelector("webrtc-steps") ?? document.body;
  const join = (host?.shadowRoot ?? document).querySelector("[data-command=join]");
  if (!join || join.getAttribute("aria-disabled") === "true") return setTimeout(look, 1);
  visit.usable = performance.now();
  new MutationObserver(() => {
    if (host.getAttribute("data-channel-state") === "open") visit.open ??= performance.now();
  }).observe(host, { attributeFilter: ["data-channel-state"] });
  join.click();
}

look();
