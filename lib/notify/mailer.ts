import { createHash } from "node:crypto";
import { env } from "@/lib/env";
import type { RenderedMail } from "./mail-render";

export type Mail = RenderedMail & {
  /** The same for every try at the same notice: by it a receiver knows a repetition. */
  key: string;
  to: { name: string; address: string };
  academy: string;
  /** Where a mail program asks for no more mails of this kind, in one step; null for what cannot be switched off. */
  unsubscribe: string | null;
};

/** Hands one mail over. Resolves once it is somebody else's to deliver; rejects with a MailError or the network's own. */
export type Mailer = { send: (mail: Mail) => Promise<void>; close: () => void };

/** `reason` is for an admin: what to configure. */
export type Transport = { by: "smtp"; url: string; from: string } | { by: "files"; folder: string } | NoTransport;
export type NoTransport = { by: "none"; reason: string };

export const mailKey = (identity: string): string => createHash("sha256").update(identity).digest("hex").slice(0, 24);

/** How mail leaves, as the environment says: SMTP, else files under COHORT_HOME, else not at all. */
export function mailTransport(variables = env()): Transport {
  const { SMTP_URL, MAIL_FROM, COHORT_HOME } = variables;
  if (SMTP_URL) {
    if (!/^smtps?:\/\/[^/]/.test(SMTP_URL)) {
      return { by: "none", reason: "SMTP_URL is no address such as smtp://user:password@host:587." };
    }
    if (!MAIL_FROM) return { by: "none", reason: "MAIL_FROM is not set: mail needs the address that it comes from." };
    return { by: "smtp", url: SMTP_URL, from: MAIL_FROM };
  }
  if (COHORT_HOME) return { by: "files", folder: `${COHORT_HOME}/mail` };
  return { by: "none", reason: "No mail server is configured: set SMTP_URL and MAIL_FROM." };
}

/** What went wrong, in words that hold no address, no secret and nothing that a server chose to say. */
export function mailFault(error: unknown): string {
  if (!(error instanceof Error)) return "Sending failed.";
  const { code, responseCode, command } = error as { code?: unknown; responseCode?: unknown; command?: unknown };
  const word = (value: unknown) => (typeof value === "string" && /^[A-Z_ ]{1,24}$/.test(value) ? value : null);
  const answer = typeof responseCode === "number" ? `the server answered ${responseCode}` : null;
  const step = word(command) ? `at ${word(command)}` : null;
  const details = [word(code), answer, step].filter(Boolean).join(", ");
  return details ? `Sending failed: ${details}.` : `Sending failed: ${error.name}.`;
}
