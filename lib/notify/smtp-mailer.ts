import { createTransport } from "nodemailer";
import type { Mailer } from "./mailer";

const CONNECT_TIMEOUT_MS = 5_000;
const GREETING_TIMEOUT_MS = 5_000;
const SOCKET_TIMEOUT_MS = 30_000;

const DEFAULTS = {
  pool: "true",
  connectionTimeout: String(CONNECT_TIMEOUT_MS),
  greetingTimeout: String(GREETING_TIMEOUT_MS),
  socketTimeout: String(SOCKET_TIMEOUT_MS),
};

/** `Academy <mail@academy.example>` or the address alone; then the academy's name stands before it. */
function parseFrom(from: string): { name: string | null; address: string } {
  const [, name, address] = /^(.*)<([^<>]+)>\s*$/s.exec(from) ?? [];
  return address ? { name: name?.trim() || null, address: address.trim() } : { name: null, address: from.trim() };
}

/** RFC 8058: a mail program's own button. In one step only over https, where nobody between reads or changes it. */
const unsubscribeHeaders = (address: string | null): Record<string, string> =>
  address === null
    ? {}
    : {
        "List-Unsubscribe": `<${address}>`,
        ...(address.startsWith("https:") ? { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" } : {}),
      };

/** A pooled SMTP connection. The Message-ID comes from the mail's key: mailboxes drop a second copy. */
export function smtpMailer({ url, from }: { url: string; from: string }): Mailer {
  const complete = new URL(url);
  for (const [name, value] of Object.entries(DEFAULTS)) {
    if (!complete.searchParams.has(name)) complete.searchParams.set(name, value);
  }
  const transport = createTransport(complete.href, { disableFileAccess: true, disableUrlAccess: true });
  const sender = parseFrom(from);
  const domain = sender.address.split("@")[1] ?? "cohort.invalid";
  return {
    async send({ key, to, subject, text, html, academy, unsubscribe }) {
      await transport.sendMail({
        messageId: `<${key}@${domain}>`,
        from: { name: sender.name ?? academy, address: sender.address },
        to,
        envelope: { from: sender.address, to: [to.address] },
        subject,
        text,
        html,
        // Says that no person wrote it: holiday answers stay away.
        headers: { "Auto-Submitted": "auto-generated", ...unsubscribeHeaders(unsubscribe) },
      });
    },
    close: () => transport.close(),
  };
}
