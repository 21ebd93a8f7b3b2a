// Writes down, from now on, what the element tells, what it shows, what is clicked, and what goes wrong, each with the time.
const host = document.querySelector("webrtc-steps");
if (!host || !host.shadowRoot) return false;
if (window.webrtcStepsProbe) return true;
const now = () => performance.timeOrigin + performance.now();
const probe = { told: [], shown: [], clicks: [], wrong: [] };
window.webrtcStepsProbe = probe;
host.addEventListener("webrtc-steps", (event) => {
  probe.told.push({ time: now(), ...JSON.parse(JSON.stringify(event.detail)) });
});
new MutationObserver((changes) => {
  for (const { attributeName: name } of changes) {
    probe.shown.push({ time: now(), name, value: host.getAttribute(name) });
  }
}).observe(host, { attributes: true });
addEventListener("click", (event) => {
  const control = event.composedPath().find((node) => node.dataset?.command);
  if (control) probe.clicks.push({ time: now(), command: control.dataset.command });
}, true);
addEventListener("error", (event) => probe.wrong.push(`error: ${event.message}`));
addEventListener("unhandledrejection", (event) => probe.wrong.push(`unhandled: ${event.reason}`));
addEventListener("securitypolicyviolation", (event) => probe.wrong.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
for (const level of ["error", "warn"]) {
  const own = console[level];
  console[level] = (...words) => {
    probe.wrong.push(`console.${level}: ${words.join(" ")}`);
    own.apply(console, words);
  };
}
return true;
