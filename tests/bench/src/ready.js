// Whether the page at this address has loaded and can be told to join.
const host = document.querySelector("webrtc-steps") ?? document.body;
const join = (host?.shadowRoot ?? document).querySelector("[data-command=join]");
const loaded = location.href === arguments[0] && document.readyState === "complete";
return loaded && join !== null && join.getAttribute("aria-disabled") !== "true";
