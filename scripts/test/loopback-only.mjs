// Loaded before somebody else's program (--import): it reaches this machine and nothing else. A fetch elsewhere is
// answered with 403, which its caller takes for an answer instead of trying again; any other connection is refused.
import net from "node:net";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

const fetchAnywhere = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const { hostname } = new URL(input instanceof Request ? input.url : String(input));
  return LOOPBACK.test(hostname) ? fetchAnywhere(input, init) : new Response("", { status: 403 });
};

const connectAnywhere = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connect(...args) {
  // Node's own wrappers pass [options, callback] as one array; a port with a host, or a path, may come as they are.
  const [first, second] = args.flat();
  const { host, path } = first instanceof Object ? first : { host: typeof second === "string" ? second : undefined };
  if (path === undefined && host !== undefined && !LOOPBACK.test(host)) {
    return this.destroy(new Error(`Connections are kept on this machine: not to ${host}.`));
  }
  return Reflect.apply(connectAnywhere, this, args);
};
