import type { Db } from "@/db/client";
import { recordAudit } from "@/db/mutations/audit";
import { getNotice, type OutboxRow } from "@/db/queries/outbox";
import type { Actor } from "@/lib/auth/permissions";
import { type FiledMail, readFiledMail } from "./file-mailer";
import { mailKey, mailTransport } from "./mailer";

export type OpenedMail = { notice: OutboxRow; mail: FiledMail | null };

/**
 * A notice with the mail that was written to a file for it. Null when there is no such notice; no mail when it was not
 * sent, or went out by SMTP. Opening one is audited: it may hold a link that lets its reader in.
 */
export async function openMail(db: Db, actor: Actor, id: number): Promise<OpenedMail | null> {
  const notice = await getNotice(db, id);
  if (!notice) return null;
  const transport = mailTransport();
  const mail = transport.by === "files" ? await readFiledMail(transport.folder, mailKey(notice.identity)) : null;
  if (mail) {
    await recordAudit(db, actor, {
      action: "mail.read",
      subjectType: "outbox",
      subjectId: id,
      label: mail.subject,
      after: { kind: notice.kind, recipient: notice.recipient },
    });
  }
  return { notice, mail };
}
