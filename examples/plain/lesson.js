// What the page adds to the element: a button that gives a command, and a line that follows what happens.

const element = document.querySelector("webrtc-steps");
const happened = document.querySelector("#happened");

/** What is said of an event; nothing of most. */
const SAID = {
  joined: () => "You are in the room.",
  "peer-joined": () => "The other side is in the room.",
  state: ({ name, value }) => name === "connectionState" && `The connection is ${value}.`,
};

element.addEventListener("webrtc-steps", ({ detail }) => {
  const said = SAID[detail.kind]?.(detail);
  if (said) happened.textContent = said;
});

document.querySelector("#join").addEventListener("click", async () => {
  try {
    await element.run("join");
  } catch (refused) {
    happened.textContent = refused.message;
  }
});
