import type { Db } from "@/db/client";
import type { ClaimedNotice } from "@/db/mutations/outbox";
import { type NoticeKind, noticeKinds } from "@/db/queries/outbox";
import { getOpenLink } from "@/db/queries/user-token";
import { env } from "@/lib/env";
import { type LinkKind, linkToken } from "./link-token";
import { oneLine, renderMail } from "./mail-render";
import { mailTexts } from "./mail-texts";
import { type Mail, mailKey } from "./mailer";

const LINKS: Partial<Record<NoticeKind, LinkKind>> = {
  "password-reset": "reset",
  "email-verification": "verify",
  invitation: "invite",
};

/** The mail of a notice as things are now, or why nobody is to get one any more. */
export async function composeMail(db: Db, notice: ClaimedNotice): Promise<Mail | { dropped: string }> {
  const { payload, name, disabled } = notice;
  const kind = noticeKinds.find((each) => each === notice.kind);
  if (!kind) return { dropped: `Nothing is written yet for notices of the kind ${oneLine(notice.kind)}.` };
  if (disabled) return { dropped: "The account is disabled." };

  let { email } = notice;
  let token = "";
  const linkKind = LINKS[kind];
  if (linkKind) {
    token = linkToken(linkKind, String(payload.nonce));
    const link = await getOpenLink(db, linkKind, token);
    if (!link) return { dropped: "Its link had been used or replaced, or had expired, before it could be sent." };
    // A link proves the address that it was made for, be it pending still.
    email = link.email;
  }
  // The warning is for whoever reads the old address, also when the change has been quicker.
  if (kind === "email-change-warning") email = String(payload.address);

  const academy = oneLine(notice.academy ?? "") || "your academy";
  const rendered = renderMail(mailTexts[kind]({ academy, payload, token }), { name, academy, appUrl: env().APP_URL });
  return { ...rendered, key: mailKey(notice.identity), to: { name: oneLine(name), address: email }, academy };
}
