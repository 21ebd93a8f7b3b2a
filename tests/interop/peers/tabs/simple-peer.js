// simple-peer, its signals carried as they are through the WebSocket ?socket=URL; with ?initiator it offers.
import SimplePeer from "simple-peer";
import { asked, tell } from "./tell.js";

const socket = new WebSocket(asked.socket);
let peer;

function begin() {
  peer = new SimplePeer({ initiator: "initiator" in asked, config: { iceServers: [] } });
  peer.on("signal", (signal) => socket.send(JSON.stringify(signal)));
  peer.on("connect", () => {
    tell({ open: true });
    peer.send("hello from simple-peer");
  });
  peer.on("data", (data) => tell({ received: new TextDecoder().decode(data) }));
  peer.on("close", () => tell({ closed: true }));
  peer.on("error", (error) => tell({ failed: error.message }));
  tell({ ready: true });
}

socket.addEventListener("open", begin);
socket.addEventListener("message", ({ data }) => peer.signal(JSON.parse(data)));
socket.addEventListener("error", () => tell({ failed: "the socket failed" }));
