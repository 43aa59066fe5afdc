import { Fault } from "../home/fault";
import { probePort } from "../home/processes";

export type Address = { port: number; host: string | undefined; url: string };

/** Where the web server listens and how a person reaches it. */
export function readAddress(variables: Record<string, string | undefined>): Address {
  const port = Number(variables.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Fault(`PORT=${variables.PORT} is no port: use a number from 1 to 65535.`);
  }
  const host = variables.HOST || undefined;
  // A wildcard is an address to listen on, not one to visit.
  const everywhere = host === undefined || host === "0.0.0.0" || host === "::";
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return { port, host, url: `http://${name}:${port}` };
}

export async function requireFreePort({ port, host }: Address): Promise<void> {
  const code = await probePort(port, host);
  if (code === null) return;
  if (code === "EADDRINUSE") {
    throw new Fault(
      `Port ${port} is taken by another program: stop that one, or choose another port, e.g. PORT=${port + 1} npm start.`,
    );
  }
  if (code === "EACCES")
    throw new Fault(`Port ${port} may not be used by this user: choose one above 1023, e.g. PORT=3000.`);
  throw new Fault(`Cannot listen on HOST=${host} (${code}): use an address of this machine, or unset HOST.`);
}
