// An invented server of texts with bars: a map whose keys are the ids, everybody hears everything, offers get lost until they are acknowledged.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const seas = new Map(); // name -> ships
const KINDS = ["offer", "answer", "ice", "done"];
const LOST = 2; // copies of an offer that the fog takes

const say = (ship, text) => ship.socket.readyState === 1 && ship.socket.send(text);

function refuse(ship, why, text) {
  console.log(`refused: ${why}: ${text.slice(0, 120)}`);
  say(ship, `NO|${why}`);
}

function map(ships, turn, who) {
  const all = Object.fromEntries(ships.map((ship) => [ship.id, { since: ship.since, flag: null }]));
  for (const ship of ships) say(ship, JSON.stringify({ [turn]: who.id, map: all }));
}

function enter(ship, [id, sea, ...more], text) {
  if (id !== ship.id || !sea || more.length > 0) return refuse(ship, `it is IN|${ship.id}|SEA`, text);
  if (!seas.has(sea)) seas.set(sea, []);
  ship.ships = seas.get(sea);
  ship.since = Date.now();
  ship.ships.push(ship);
  return map(ship.ships, "came", ship);
}

// SIG|count|from|to|kind|JSON: goes to everybody in the sea, its sender too.
function signal(ship, text) {
  const [, count, from, to, kind, ...rest] = text.split("|");
  const body = rest.join("|");
  const no = (why) => refuse(ship, why, text);
  if (!ship.ships) return no("IN comes first");
  if (Number(count) !== ship.count + 1) return no(`the count is to be ${ship.count + 1}`);
  ship.count += 1;
  if (from !== ship.id) return no("that is not your name");
  const other = ship.ships.find((one) => one.id === to);
  if (!other || other === ship) return no(`no ship ${to} in this sea`);
  if (!KINDS.includes(kind)) return no(`no kind ${kind}`);
  let inside;
  try {
    inside = JSON.parse(body);
  } catch {
    return no("no JSON after the last bar");
  }
  if ((kind === "offer" || kind === "answer") && typeof inside.sdp !== "string") return no("a description has sdp");
  if (kind === "ice" && typeof inside.candidate !== "string") return no("ice is a candidate");
  if (kind === "offer") {
    ship.copies += 1;
    if (ship.acknowledged === inside.sdp) return no("this offer was acknowledged already");
    if (ship.copies <= LOST) return undefined;
    ship.copies = 0;
    ship.acknowledged = inside.sdp;
  }
  say(ship, `ACK|${count}|${kind}`);
  for (const one of ship.ships) if (one !== other) say(one, text);
  other.waiting.push({ count, text });
  if (other.waiting.length === 1) say(other, text);
  return undefined;
}

// The next signal goes to a ship once it has heard the one before.
function heard(ship, count, text) {
  if (ship.waiting[0]?.count !== count) return refuse(ship, `${count} is not what you were told last`, text);
  ship.waiting.shift();
  return ship.waiting.length > 0 && say(ship, ship.waiting[0].text);
}

function receive(ship, text) {
  const [word, ...rest] = text.split("|");
  if (word === "IN") return enter(ship, rest, text);
  if (word === "SIG") return signal(ship, text);
  if (word === "HEARD") return heard(ship, rest[0], text);
  if (word === "OUT" && rest[0] === ship.id) return ship.socket.close(1000);
  return refuse(ship, `${word} is unknown or out of place`, text);
}

const http = createServer((_, response) => response.writeHead(404).end());
const sockets = new WebSocketServer({ server: http, handleProtocols: (all) => (all.has("lamp.2") ? "lamp.2" : false) });
sockets.on("connection", (socket) => {
  const id = `s${Math.random().toString(36).slice(2, 6)}`;
  const ship = { socket, id, ships: undefined, count: 0, copies: 0, acknowledged: undefined, waiting: [] };
  if (socket.protocol !== "lamp.2") {
    console.log("refused: the subprotocol is to be lamp.2");
    return socket.close(4000, "lamp.2 only");
  }
  say(ship, `HI|${id}|fog tonight`);
  socket.on("message", (data) => receive(ship, String(data)));
  socket.on("close", () => {
    const { ships } = ship;
    if (!ships) return;
    ships.splice(ships.indexOf(ship), 1);
    map(ships, "left", ship);
  });
  return undefined;
});
http.listen(0, "127.0.0.1");
