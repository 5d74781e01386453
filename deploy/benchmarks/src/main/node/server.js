// The peer: socket.io as its own documentation sets it up, WebSocket only. An event is a line on the standard input.
const { createServer } = require("node:http");
const { createInterface } = require("node:readline");
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });
createInterface({ input: process.stdin })
  .on("line", (line) => (line === "gc" ? global.gc() : io.emit("sale.completed", JSON.parse(line))))
  .on("close", () => process.exit(0));
http.listen(Number(process.argv[2]), "127.0.0.1", () => console.log("ready"));
