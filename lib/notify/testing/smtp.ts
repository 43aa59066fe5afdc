import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export type Received = { messageId: string; recipients: string[]; raw: string };

/** A mail server on this machine that takes everything and keeps it. */
export async function startSmtpServer() {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onAuth: (auth, _session, done) =>
      auth.password === "right" ? done(null, { user: auth.username }) : done(new Error("Wrong password.")),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const raw = Buffer.concat(parts).toString("utf8");
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ messageId: /^Message-ID: (.*)$/im.exec(raw)?.[1] ?? "", recipients, raw });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: (login = "") => `smtp://${login}127.0.0.1:${port}`,
    received,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
