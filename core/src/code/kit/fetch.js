// HTTP requests of the dialect ------------------------------------------------

/** Those on their way. */
const requests = [];

/** A request with its holes filled: calling the result makes it. */
function request(rule, carried, to) {
  const { url, method, headers = {}, body, blind } = rule.fetch;
  filled([url, body ?? null, ...Object.values(headers)], carried, to);
  const look = scope(carried, undefined, to);
  const place = address(url, look).replace(/^ws/, "http");
  const sent = {};
  for (const [name, example] of Object.entries(headers)) sent[name] = textIn(fill(example, look) ?? "");
  const said = body === undefined ? undefined : fill(body, look);
  if (typeof said === "object" && !blind) sent["content-type"] ??= "application/json";
  const options = { method: method ?? (body === undefined ? "GET" : "POST"), headers: sent, credentials: "omit" };
  if (said !== undefined) options.body = textIn(said);
  return () => requests.push(ask(rule, place, options));
}

async function ask(rule, place, options) {
  const { blind, read: example } = rule.fetch;
  log("HTTP", `${options.method} ${place}`);
  // Nothing of a blind answer can be seen; any other answer must not lead elsewhere.
  const way = blind ? { mode: "no-cors" } : { redirect: "error" };
  const answer = await fetch(place, { ...options, ...way, keepalive: leaving, signal: AbortSignal.timeout(10000) });
  if (blind || example === undefined) {
    if (!blind && answer.status >= 400) throw new Error(`${place} was answered with ${answer.status}.`);
    if (!("both" in rule || "read" in rule)) conclude(rule, nothing());
    return flush();
  }
  const text = await answer.text();
  if (answer.status >= 400) throw new Error(`${place} was answered with ${answer.status}: ${text.slice(0, 200)}`);
  const found = nothing();
  const value = attempt(() => JSON.parse(text)) ?? text;
  if (!fits(example, value, found, (name) => values[name]) || !sound(found, listed(rule.means))) {
    throw new Error(`${place} was answered with something else than the dialect expects: ${text.slice(0, 200)}`);
  }
  act(rule, found, undefined, true);
  flush();
}
