// bittorrent-tracker's own server, for WebSockets alone.
import Server from "bittorrent-tracker/server";

const server = new Server({ udp: false, http: false, ws: true, stats: false });
server.on("error", (error) => console.error(error.message));
server.on("warning", (warning) => console.error(warning.message));
server.listen(0, "127.0.0.1");
