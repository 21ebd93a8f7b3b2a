// PeerJS: waits for a call, or calls ?call=ID, through the PeerServer ?server=HOST:PORT.
import { Peer } from "peerjs";
import { asked, tell } from "./tell.js";

const { hostname, port } = new URL(`http://${asked.server}`);
const peer = new Peer(asked.id, { host: hostname, port: Number(port), path: "/", secure: false, config: { iceServers: [] } });

function talk(connection) {
  window.hangUp = () => connection.close();
  connection.on("open", () => {
    tell({ open: connection.peer });
    connection.send("hello from PeerJS");
  });
  connection.on("data", (data) => tell({ received: data }));
  connection.on("close", () => tell({ closed: connection.peer }));
  connection.on("error", (error) => tell({ failed: error.message }));
}

peer.on("open", (id) => {
  tell({ ready: id });
  if (asked.call) talk(peer.connect(asked.call, { serialization: "raw", reliable: true }));
});
peer.on("connection", talk);
peer.on("error", (error) => tell({ failed: `${error.type}: ${error.message}` }));
