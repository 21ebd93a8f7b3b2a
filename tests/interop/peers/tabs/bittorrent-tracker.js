// bittorrent-tracker's own client in the swarm ?room=TWENTY-LETTERS of the tracker ?socket=URL.
import Client from "bittorrent-tracker/client";
import { asked, tell } from "./tell.js";

const letters = (text) => [...text].map((letter) => letter.charCodeAt(0).toString(16).padStart(2, "0")).join("");
const client = new Client({
  infoHash: letters(asked.room),
  peerId: letters(`-foreign-client-${asked.id ?? "0001"}`.slice(0, 20).padEnd(20, "-")),
  announce: [asked.socket],
  rtcConfig: { iceServers: [] },
  getAnnounceOpts: () => ({ numwant: 1 }),
});

client.on("peer", (peer) => {
  peer.on("connect", () => {
    tell({ open: true });
    peer.send("hello from bittorrent-tracker");
  });
  peer.on("data", (data) => tell({ received: new TextDecoder().decode(data) }));
});
client.on("error", (error) => tell({ failed: error.message }));
client.on("warning", (error) => tell({ failed: error.message }));
client.once("update", () => tell({ ready: true }));
client.start();
