import type { Server } from "node:http";

/**
 * Ends a server without dropping a request: no new connections, kept-alive ones without a request are closed, the others
 * get `graceMs` to finish. Returns false when some had to be cut off.
 */
export async function drain(server: Server, graceMs: number): Promise<boolean> {
  // Tells kept-alive clients to come back on a new connection, which no longer reaches us.
  server.on("request", (_request, response) => {
    if (!response.headersSent) response.setHeader("Connection", "close");
  });
  const closed = new Promise<boolean>((resolve) => server.close(() => resolve(true)));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), graceMs);
  });
  const clean = await Promise.race([closed, expired]);
  clearInterval(sweep);
  clearTimeout(timer);
  if (!clean) server.closeAllConnections();
  return clean;
}
