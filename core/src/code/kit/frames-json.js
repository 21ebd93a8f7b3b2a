// Frames: one JSON value each -------------------------------------------------

const encode = (message) => JSON.stringify(message);

function decode(frame) {
  const message = attempt(() => JSON.parse(frame));
  return { messages: message === undefined ? [] : [message] };
}
