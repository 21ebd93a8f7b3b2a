// A Socket.IO host with simple-signal-server on it, as its own README sets one up.
import { createServer } from "node:http";
import { Server } from "socket.io";
import SimpleSignalServer from "simple-signal-server";

const http = createServer();
const signal = new SimpleSignalServer(new Server(http, { cors: { origin: true } }));
signal.on("discover", (request) => request.discover({}));
signal.on("request", (request) => request.forward());
http.listen(0, "127.0.0.1");
