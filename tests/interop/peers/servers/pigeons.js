// An invented server of positional arrays: a ticket by HTTP first, a room that the server names, counted messages, parcels in base64.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const lofts = new Map(); // wish -> { name, birds }
const passes = new Map(); // pass -> loft
let lastRing = 70;
const SHAPES = {
  o: { v: "string" },
  a: { v: "string" },
  i: { line: "string", row: "number", sect: "string" },
  x: {},
};

const refused = (why) => console.log(`refused: ${why}`);
const tell = (bird, message) => bird.socket.send(JSON.stringify(message));

function loftOf(wish) {
  if (!lofts.has(wish)) lofts.set(wish, { name: `${wish}~${lofts.size + 3}`, birds: [] });
  return lofts.get(wish);
}

// The pass is given for a JSON body of that type alone, and readable from any origin.
const http = createServer(async (request, response) => {
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Allow-Headers", "content-type, x-coop");
  if (request.method === "OPTIONS") return response.writeHead(204).end();
  const no = (status, why) => {
    refused(why);
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify({ no: why }));
  };
  if (request.method !== "POST" || request.url !== "/pass") return no(404, `no ${request.method} ${request.url} here`);
  if (request.headers["content-type"] !== "application/json") return no(415, "the body is to be application/json");
  if (request.headers["x-coop"] !== "1") return no(403, "the header X-Coop is missing");
  let body = "";
  for await (const part of request) body += part;
  const { wish, ...more } = JSON.parse(body);
  if (typeof wish !== "string" || !wish || Object.keys(more).length > 0) return no(400, "the body is to be a wish alone");
  const loft = loftOf(wish);
  const pass = `p-${Math.random().toString(36).slice(2, 10)}`;
  passes.set(pass, loft);
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ pass, loft: { name: loft.name, of: 2 } }));
});

// What stands in a parcel, or why it is none.
function parcel(text) {
  let inside;
  try {
    inside = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    return "the parcel is no base64 of JSON";
  }
  const shape = SHAPES[inside.k];
  if (!shape) return `no parcel is of kind ${inside.k}`;
  for (const [key, type] of Object.entries(shape)) {
    if (typeof inside[key] !== type) return `in ${inside.k}, ${key} is to be a ${type}`;
  }
  return undefined;
}

function receive(bird, loft, text) {
  const no = (why) => {
    refused(`${why}: ${text.slice(0, 120)}`);
    tell(bird, [9, why]);
  };
  const message = JSON.parse(text);
  if (!Array.isArray(message)) return no("a message is a list");
  const [code, count, ...rest] = message;
  if (count !== bird.count + 1) return no(`the count is to be ${bird.count + 1}`);
  bird.count = count;
  if (code === 7) {
    if (rest[0] !== bird.asked || rest.length !== 1) no(`the answer to ${bird.asked} is that number`);
    return undefined;
  }
  if (rest[0] !== loft.name) return no(`the loft is ${loft.name}`);
  if (code === 5) return bird.socket.close(1000, "bye");
  if (code !== 1 || rest.length !== 3) return no("nothing but 1, 5 and 7 is known, and 1 has five places");
  const [, to, text64] = rest;
  if (typeof to !== "string") return no("the addressee is a text");
  const other = loft.birds.find((one) => String(one.ring) === to);
  if (!other || other === bird) return no(`nobody here has the ring ${to}`);
  const why = typeof text64 === "string" ? parcel(text64) : "a parcel is a text";
  return why ? no(why) : tell(other, [2, bird.ring, [text64]]);
}

new WebSocketServer({ server: http }).on("connection", (socket, request) => {
  const url = new URL(request.url, "http://127.0.0.1");
  const loft = passes.get(url.searchParams.get("pass"));
  if (url.pathname !== "/fly" || !loft) {
    refused(`${url.pathname} without a pass`);
    return socket.close(4003, "no pass");
  }
  passes.delete(url.searchParams.get("pass"));
  lastRing += 1;
  const bird = { socket, ring: lastRing, count: 0, asked: undefined };
  tell(bird, [0, bird.ring, loft.name, loft.birds.map((one) => [one.ring, "grey"])]);
  for (const one of loft.birds) tell(one, [3, [bird.ring, "grey"]]);
  loft.birds.push(bird);
  const asking = setInterval(() => {
    bird.asked = Math.floor(Math.random() * 1e6);
    tell(bird, [7, bird.asked]);
  }, 2000);
  socket.on("message", (data) => receive(bird, loft, String(data)));
  socket.on("close", () => {
    clearInterval(asking);
    loft.birds.splice(loft.birds.indexOf(bird), 1);
    for (const one of loft.birds) tell(one, [4, bird.ring]);
  });
  return undefined;
});
http.listen(0, "127.0.0.1");
