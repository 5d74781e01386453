// The real socket.io-client, led by a test: a command is a line of JSON on the standard input, what happens is one on the output.
import { createInterface } from "node:readline";
import { io } from "socket.io-client";

const say = (what) => console.log(JSON.stringify(what));
const packed = (value) =>
  value instanceof Uint8Array || value instanceof ArrayBuffer
    ? { bytes: [...new Uint8Array(value)] }
    : Array.isArray(value)
      ? value.map(packed)
      : value && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, packed(member)]))
        : value;
const unpacked = (value) =>
  Array.isArray(value)
    ? value.map(unpacked)
    : value && typeof value === "object"
      ? Array.isArray(value.bytes)
        ? Buffer.from(value.bytes)
        : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unpacked(member)]))
      : value;

let socket;
let auth = {};
let begun;

const commands = {
  auth: (command) => (auth = command.auth),
  connect(command) {
    auth = command.auth ?? {};
    begun = performance.now();
    socket = io(command.url, { auth: (give) => give(auth), reconnectionDelay: 50, reconnectionDelayMax: 200, ...command.options });
    socket.io.on("open", () =>
      socket.io.engine.once("upgrade", (to) => say({ on: "upgrade", transport: to.name, millis: performance.now() - begun })),
    );
    socket.on("connect", () =>
      say({ on: "connect", id: socket.id, recovered: socket.recovered, transport: socket.io.engine.transport.name }),
    );
    socket.on("disconnect", (reason) => say({ on: "disconnect", reason, active: socket.active }));
    socket.on("connect_error", (error) => say({ on: "connect_error", message: error.message, active: socket.active }));
    socket.onAny((name, ...args) => {
      const acknowledge = typeof args.at(-1) === "function" ? args.pop() : undefined;
      say({ on: "event", name, args: packed(args) });
      acknowledge?.("answer", ...args);
    });
  },
  emit(command) {
    const args = unpacked(command.args ?? []);
    if (command.tag) {
      args.push((...answer) => say({ on: "ack", tag: command.tag, args: packed(answer) }));
    }
    socket.emit(command.name, ...args);
  },
  leave: () => socket.disconnect(),
  join: () => socket.connect(),
  break: () => socket.io.engine.close(),
  transport: () => say({ on: "transport", transport: socket.io.engine.transport.name, connected: socket.connected }),
};

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const command = JSON.parse(line);
    commands[command.do](command);
  })
  .on("close", () => process.exit(0));
say({ on: "ready" });
