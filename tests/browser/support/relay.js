// A relay inside the page, for the socket transport.

import { plain } from "./page.js";

/** A relay inside the page: every WebSocket that is made while it runs leads to it. It speaks as relay/ does. */
export class Relay {
  constructor() {
    this.seats = [];
    this.urls = [];
    this.closed = [];
    this.before = globalThis.WebSocket;
    const relay = this;
    globalThis.WebSocket = class extends EventTarget {
      readyState = 0;
      constructor(url) {
        super();
        plain.setTimeout(() => relay.open(this, new URL(url)));
        relay.urls.push(url);
      }
      send(text) {
        if (this.readyState === 1) relay.pass(this, JSON.parse(text));
      }
      close(code) {
        relay.closed.push(code);
        relay.lose(this, code);
      }
      tell(message) {
        this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(message) }));
      }
    };
  }

  end() {
    globalThis.WebSocket = this.before;
  }

  /** Loses every socket, as a relay that crashed does. */
  drop() {
    for (const { socket } of [...this.seats]) this.lose(socket, 1006);
  }

  /** Says any text to everybody, whoever they are. */
  say(text) {
    for (const { socket } of this.seats) socket.dispatchEvent(new MessageEvent("message", { data: text }));
  }

  open(socket, url) {
    if (socket.readyState !== 0) return;
    socket.readyState = 1;
    socket.dispatchEvent(new Event("open"));
    const resume = url.searchParams.get("resume");
    const id = resume?.replace("token-", "") ?? `seat${this.urls.length}`;
    const room = url.pathname;
    const others = this.others(room, id);
    this.seats = this.seats.filter((seat) => seat.id !== id).concat({ socket, room, id });
    socket.tell({ joined: { self: id, peers: others.map((seat) => seat.id), resume: `token-${id}`, version: 1 } });
    for (const other of others) other.socket.tell({ "peer-joined": id });
  }

  others(room, id) {
    return this.seats.filter((seat) => seat.room === room && seat.id !== id);
  }

  pass(socket, { to, data }) {
    const { id, room } = this.seats.find((seat) => seat.socket === socket);
    for (const other of this.others(room, id)) if (!to || to === other.id) other.socket.tell({ from: id, data });
  }

  lose(socket, code) {
    if (socket.readyState > 1) return;
    socket.readyState = 3;
    const gone = this.seats.find((seat) => seat.socket === socket);
    this.seats = this.seats.filter((seat) => seat !== gone);
    if (gone) for (const other of this.others(gone.room, gone.id)) other.socket.tell({ "peer-left": gone.id });
    socket.dispatchEvent(new CloseEvent("close", { code }));
  }
}
