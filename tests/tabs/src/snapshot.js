// Everything the contract names, as it stands now.
const host = document.querySelector("webrtc-steps");
const root = host?.shadowRoot;
if (!root) return null;
const all = (selector) => [...root.querySelectorAll(selector)];
const states = {};
for (const { name, value } of host.attributes) if (name.startsWith("data-")) states[name] = value;
const reason = (control) => root.getElementById(control.getAttribute("aria-describedby"))?.textContent ?? "";
const probe = window.webrtcStepsProbe ?? { told: [], shown: [], clicks: [], wrong: [] };
return {
  states,
  steps: all("[data-step]").map((step) => ({
    step: Number(step.dataset.step),
    status: step.dataset.status,
    whose: step.dataset.whose,
    evidence: step.dataset.evidence ?? null,
  })),
  controls: all("[data-command]").map((control) => ({
    command: control.dataset.command,
    available: control.getAttribute("aria-disabled") !== "true",
    reason: reason(control),
    disabled: control.hasAttribute("disabled"),
  })),
  lines: all("[data-message]").map((line) => ({ way: line.dataset.message, text: line.textContent })),
  outgoing: root.querySelector("[data-signal=outgoing]")?.value ?? "",
  ...probe,
};
