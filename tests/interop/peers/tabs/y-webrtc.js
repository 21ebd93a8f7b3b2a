// y-webrtc's own provider in the room ?room=NAME of the signaling server ?socket=URL, without a password and so unencrypted.
import { Doc } from "yjs";
import { WebrtcProvider } from "y-webrtc";
import { asked, tell } from "./tell.js";

const provider = new WebrtcProvider(asked.room, new Doc(), {
  signaling: [asked.socket],
  peerOpts: { config: { iceServers: [] } },
});

function talk(id) {
  // Another tab of this origin needs no connection: the provider reaches it through the browser itself.
  const peer = provider.room.webrtcConns.get(id)?.peer;
  if (!peer) return;
  const open = () => {
    tell({ open: id });
    peer.send("hello from y-webrtc");
  };
  peer.on("data", (data) => tell({ received: new TextDecoder().decode(data) }));
  peer.on("error", (error) => tell({ failed: error.message }));
  if (peer.connected) open();
  else peer.on("connect", open);
}

provider.on("peers", ({ added, removed }) => {
  added.forEach(talk);
  removed.forEach((id) => tell({ closed: id }));
});
// Connected, it has subscribed to the room.
provider.once("status", () => {
  const [server] = provider.signalingConns;
  const ready = () => tell({ ready: provider.room.peerId });
  if (server.connected) ready();
  else server.once("connect", ready);
});
