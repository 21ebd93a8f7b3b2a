// Preloaded into a server that cannot be told an address: what it listens on is loopback alone.
import net from "node:net";

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...words) {
  const [port, ...rest] = words;
  const callback = rest.findLast((word) => typeof word === "function");
  const options = typeof port === "object" ? { ...port } : { port: Number(port) };
  return listen.call(this, { ...options, host: "127.0.0.1" }, callback);
};
