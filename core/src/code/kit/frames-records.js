// Frames: JSON values, each ended by U+001E -----------------------------------

const encode = (message) => `${JSON.stringify(message)}\u001e`;

function decode(frame) {
  const records = frame.split("\u001e").filter((record) => record.trim() !== "");
  const messages = records.slice(0, 64).map((record) => attempt(() => JSON.parse(record)));
  return { messages: messages.filter((message) => message !== undefined) };
}
