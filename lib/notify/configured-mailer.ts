import { type Mailer, mailTransport, type NoTransport } from "./mailer";

/** The configured way, or why there is none. What a way needs is loaded when mail is sent, not before. */
export async function configuredMailer(): Promise<Mailer | NoTransport> {
  const transport = mailTransport();
  switch (transport.by) {
    case "smtp":
      return (await import("./smtp-mailer")).smtpMailer(transport);
    case "files":
      return (await import("./file-mailer")).fileMailer(transport.folder);
    case "none":
      return transport;
  }
}
