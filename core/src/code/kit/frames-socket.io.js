// Frames: packets of Socket.IO 4, over WebSocket alone ------------------------

function encode(message) {
  if (isObject(message) && "event" in message) return `42${message.id ?? ""}${JSON.stringify(message.event)}`;
  if (isObject(message) && "ack" in message) return `43${message.id ?? ""}${JSON.stringify(message.ack)}`;
  return `42${JSON.stringify(message)}`;
}

/** Opening and pings are answered here; what is left is an event, an acknowledgement, a connection or an error. */
function decode(frame) {
  if (frame.startsWith("0{")) return { messages: [], replies: ["40"] };
  if (frame === "2") return { messages: [], replies: ["3"] };
  const [, kind, number, body] = /^(4[0-4])(\d*)([^]*)$/.exec(frame) ?? [];
  const parsed = body ? attempt(() => JSON.parse(body)) : {};
  if (!kind || parsed === undefined) return { messages: [] };
  if (kind === "40") return { messages: [{ connect: parsed }], connected: true };
  if (kind === "41") return { messages: [{ disconnect: true }] };
  if (kind === "44") return { messages: [{ error: parsed }] };
  if (kind === "43") return { messages: [{ id: Number(number), ack: parsed }] };
  return { messages: [number ? { id: Number(number), event: parsed } : parsed] };
}
