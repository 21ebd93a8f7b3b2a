// Frames: a JSON object or list, or else a text -------------------------------

const encode = (message) => (typeof message === "string" ? message : JSON.stringify(message));

function decode(frame) {
  const message = attempt(() => JSON.parse(frame));
  return { messages: [typeof message === "object" && message !== null ? message : frame] };
}
