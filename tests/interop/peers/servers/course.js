// The course app's server as section 1.1 of the wire formats describes it, with its strictness and its one mistake.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

const rooms = [];
const connections = [];

const notice = (type, rest) => ({ label: "NORMAL_SERVER_PROCESS", data: { type, ...rest } });

// Ids are numbers and compared as such: an id that came as a string finds nobody.
function send(userId, message) {
  const found = connections.find((connection) => connection.userId === userId);
  found?.socket.send(JSON.stringify(message));
}

function createRoom({ roomName, userId }) {
  if (rooms.some((room) => room.roomName === roomName)) {
    const message = "That room has already been created. Please choose a different name.";
    return [400, { data: { type: "CHECK_ROOM_RESPONSE_FAILURE", message } }];
  }
  rooms.push({ roomName, peer1: userId, peer2: null });
  return [200, { data: { type: "CHECK_ROOM_RESPONSE_SUCCESS" } }];
}

function destroyRoom({ roomName }) {
  const index = rooms.findIndex((room) => room.roomName === roomName);
  if (index < 0) return [400, { data: { type: "DESTORY_ROOM_RESPONSE_FAILURE", message: "There is no such room." } }];
  rooms.splice(index, 1);
  return [200, { data: { type: "DESTORY_ROOM_RESPONSE_SUCCESS", message: "The room is gone." } }];
}

function join({ roomName, userId }) {
  const room = rooms.find((one) => one.roomName === roomName);
  const refuse = (message) => send(userId, notice("JOIN_ROOM_RESPONSE_FAILURE", { message }));
  if (!room) return refuse("There is no room of this name.");
  if (room.peer2 !== null) return refuse("This room already has two participants.");
  room.peer2 = userId;
  send(userId, notice("JOIN_ROOM_RESPONSE_SUCCESS", { message: "You have joined.", creatorId: room.peer1, roomName }));
  send(room.peer1, notice("JOIN_ROOM_NOTIFY", { message: `User ${userId} has joined your room`, joinUserId: userId }));
}

function exit({ roomName, userId }) {
  const room = rooms.find((one) => one.roomName === roomName);
  if (!room) return;
  const other = room.peer1 === userId ? room.peer2 : room.peer1;
  if (room.peer1 === userId) rooms.splice(rooms.indexOf(room), 1);
  else room.peer2 = null;
  send(other, notice("EXIT_ROOM_NOTIFY", { message: `User ${userId} has exited the room.` }));
}

// The mistake: the first participant of every room hears of everybody's end, whether they ever met or not.
function disconnected(userId) {
  connections.splice(connections.findIndex((connection) => connection.userId === userId), 1);
  for (const room of rooms) {
    const other = room.peer1 === userId ? room.peer2 : room.peer1;
    send(other, notice("DISCONNECT_ROOM_NOTIFICATION", { message: `User ${userId} has been disconnected` }));
    if (room.peer2 === userId) room.peer2 = null;
  }
}

function receive(text) {
  const message = JSON.parse(text);
  const { label, data } = message;
  if (label === "NORMAL_SERVER_PROCESS") {
    if (data.type === "JOIN_ROOM_REQUEST") join(data);
    else if (data.type === "EXIT_ROOM_REQUEST") exit(data);
  } else if (label === "WEBRTC_PROCESS") {
    // Passed on unchanged: the receiver finds its own id in it, and nobody's who sent it.
    send(data.otherUserId, message);
  }
}

// No answer carries a CORS header, and the type of the body is not looked at.
const http = createServer(async (request, response) => {
  const action = { "/create-room": createRoom, "/destroy-room": destroyRoom }[request.url];
  if (request.method !== "POST" || !action) return response.writeHead(404).end();
  let body = "";
  for await (const part of request) body += part;
  const [status, answer] = action(JSON.parse(body));
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
});

new WebSocketServer({ server: http }).on("connection", (socket, request) => {
  const userId = Number(new URL(request.url, "http://127.0.0.1").searchParams.get("userId"));
  connections.push({ socket, userId });
  socket.on("message", (data) => receive(String(data)));
  socket.on("close", () => disconnected(userId));
});
http.listen(0, "127.0.0.1");
