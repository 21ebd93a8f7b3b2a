// The transport: a WebSocket --------------------------------------------------

let socket;
/** Where the dialect may lead: the endpoint's host, and those you named beside it. */
const HOSTS = [ENDPOINT, ...MORE_HOSTS.map((host) => `ws://${host}`)].map((url) => new URL(url).host);
/** Who is there is told by messages, if at all. */
const PRESENT = undefined;

/** Opens the endpoint; comes back when it has us. */
async function join() {
  tell("connect", {});
  await Promise.all(requests);
  let url = address(DIALECT.url, scope()).replace(/^http/, "ws");
  for (const [key, value] of Object.entries(fill(DIALECT.query ?? {}, scope()))) {
    url += `${url.includes("?") ? "&" : "?"}${encoded(key)}=${encoded(textIn(value))}`;
  }
  log("WebSocket", url);
  socket = new WebSocket(url, listed(DIALECT.protocols));
  socket.onmessage = ({ data }) => {
    if (typeof data !== "string") return log("not read", "a frame that is no text");
    log("received", data);
    read(data);
  };
  socket.onerror = () => log("the WebSocket failed", "is the endpoint there?");
  socket.onclose = ({ code, reason }) => {
    endTurns("open", "offer", "request-offer");
    log("the WebSocket closed", `${code} ${reason}`);
    if (!leaving) tell("close", { close: { code, reason } });
  };
  // Socket.IO is open once its own greeting is done.
  socket.onopen = () => DIALECT.frames === "socket.io" || opened();
  await isJoined;
}

function post(text) {
  if (socket?.readyState !== WebSocket.OPEN) return;
  log("sent", text);
  socket.send(text);
}

function hangUp() {
  socket?.close(1000);
}

const encoded = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** A URL that starts with a hole; what its holes stand for is percent-encoded, except at its start. */
function address(template, look) {
  let url = "";
  const pour = (piece) => {
    if (typeof piece === "object") url += encoded(textIn(valueOf(piece, look)));
    else url += url.endsWith("/") && piece.startsWith("/") ? piece.slice(1) : piece;
  };
  const [first, ...rest] = cut(template);
  if (first.name === "endpoint") cut(ENDPOINT).forEach(pour);
  else url = textIn(valueOf(first, look));
  rest.forEach(pour);
  if (!HOSTS.includes(new URL(url).host)) throw new Error(`${url} leads to a host that nobody named. Add it to MORE_HOSTS if you trust it.`);
  return url;
}
