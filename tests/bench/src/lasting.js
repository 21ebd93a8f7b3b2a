// One more event: sends `count` lines of chat one after the other, or has a stranger's socket send candidates, and answers how long
// each took, in ms: from the order to the end of what the page does with it, panels and layout included.
const [what, from, count] = arguments;
const host = document.querySelector("webrtc-steps");
const told = (kind, act) =>
  new Promise((answer) => {
    let begun;
    const hear = ({ detail }) => {
      if (detail.kind !== kind) return;
      host.removeEventListener("webrtc-steps", hear);
      // The panels are told in the same task, after this listener; what they did is laid out before it is over. A timer would wait:
      // those of a tab in the background are throttled.
      queueMicrotask(() => {
        host.shadowRoot.firstElementChild.getBoundingClientRect();
        answer(performance.now() - begun);
      });
    };
    host.addEventListener("webrtc-steps", hear);
    begun = performance.now();
    act();
  });
const say = (number) => told("chat", () => host.run("send-message", `line ${number}`));
const candidate = (number) =>
  told("received", () => {
    const text = `candidate:${number} 1 udp 2113937151 192.0.2.${number % 250} ${1024 + number} typ host ufrag some`;
    const data = { candidate: { candidate: text, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "some" } };
    globalThis.stranger.send(JSON.stringify({ data }));
  });
return (async () => {
  if (what === "candidate" && !globalThis.stranger) {
    const endpoint = `ws://${location.host}/rooms/${new URLSearchParams(location.search).get("room")}`;
    globalThis.stranger = new WebSocket(endpoint);
    await new Promise((answer) => globalThis.stranger.addEventListener("open", answer));
  }
  const times = [];
  for (let number = from; number < from + count; number += 1) times.push(await (what === "chat" ? say(number) : candidate(number)));
  return times;
})();
