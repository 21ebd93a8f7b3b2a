// simple-signal-client through the Socket.IO host ?server=HOST:PORT: waits for a call, or calls ?call=ID.
import { io } from "socket.io-client";
import SimpleSignalClient from "simple-signal-client";
import { asked, tell } from "./tell.js";

const options = { config: { iceServers: [] } };
const socket = io(`http://${asked.server}`, { transports: ["websocket"] });
const client = new SimpleSignalClient(socket);

function talk({ peer }) {
  const open = () => {
    tell({ open: true });
    peer.send("hello from simple-signal");
  };
  peer.on("data", (data) => tell({ received: new TextDecoder().decode(data) }));
  peer.on("error", (error) => tell({ failed: error.message }));
  if (peer.connected) open();
  else peer.on("connect", open);
}

client.on("request", (request) => request.accept({}, options).then(talk));
client.on("discover", () => {
  tell({ ready: client.id });
  if (asked.call) client.connect(asked.call, {}, options).then(talk);
});
socket.on("connect", () => client.discover({}));
