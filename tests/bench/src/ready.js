// Whether the page at this address has loaded, can be told to join, and has come to rest, as it has when a person clicks.
const host = document.querySelector("webrtc-steps") ?? document.body;
const join = (host?.shadowRoot ?? document).querySelector("[data-command=join]");
const loaded = location.href === arguments[0] && document.readyState === "complete";
if (!loaded || !join || join.getAttribute("aria-disabled") === "true") return false;
return new Promise((answer) => requestIdleCallback(() => answer(true)));
