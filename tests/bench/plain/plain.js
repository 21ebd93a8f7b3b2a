// The bench's yardstick: the shortest page that joins the relay's room and connects. The one who comes second offers.
//
// It shows its states on <body> under the names that <webrtc-steps> uses, so both pages are watched in the same way.

const room = new URLSearchParams(location.search).get("room");
const scheme = location.protocol === "https:" ? "wss" : "ws";
const show = (name, value) => document.body.setAttribute(`data-${name}`, value);

const button = document.querySelector("[data-command=join]");
button.addEventListener("click", join);
button.removeAttribute("aria-disabled");

function join() {
  const socket = new WebSocket(`${scheme}://${location.host}/rooms/${room}`);
  let connection;
  let peer;

  const say = (data) => socket.send(JSON.stringify({ to: peer, data }));

  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.joined) joined(message.joined.peers);
    if (message.from) heard(message.from, message.data);
  };

  function joined(peers) {
    show("role", peers.length > 0 ? "offerer" : "answerer");
    if (peers.length === 0) return;
    connect(peers[0]);
    keep(connection.createDataChannel("chat"));
    describe();
  }

  async function heard(from, { description, candidate }) {
    if (description?.type === "offer") connect(from);
    // Calls on a connection wait for each other, so a candidate may be given before its description is set.
    if (candidate) return connection.addIceCandidate(candidate);
    if (!description) return;
    await connection.setRemoteDescription(description);
    if (description.type === "offer") describe();
  }

  function connect(other) {
    peer = other;
    connection = new RTCPeerConnection();
    connection.onicecandidate = ({ candidate }) => candidate && say({ candidate });
    connection.ondatachannel = ({ channel }) => keep(channel);
  }

  /** Sets the offer or the answer, whichever is due, and sends it. */
  async function describe() {
    await connection.setLocalDescription();
    say({ description: connection.localDescription });
  }

  function keep(channel) {
    channel.onopen = () => show("channel-state", "open");
  }
}
