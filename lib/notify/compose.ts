import type { Db } from "@/db/client";
import type { DemoNoticeKind } from "@/db/mutations/demo-notices";
import type { ClaimedNotice } from "@/db/mutations/outbox";
import { type NoticeKind, noticeKinds } from "@/db/queries/outbox";
import { getOpenLink } from "@/db/queries/user-token";
import { env } from "@/lib/env";
import { signupTold } from "./demo-facts";
import { demoTexts } from "./demo-texts";
import { type LinkKind, linkToken } from "./link-token";
import { oneLine, renderMail } from "./mail-render";
import { type MailFacts, mailTexts } from "./mail-texts";
import { type Mail, mailKey } from "./mailer";

const LINKS: Partial<Record<NoticeKind, LinkKind>> = {
  "password-reset": "reset",
  "email-verification": "verify",
  invitation: "invite",
};

const isAboutDemos = (kind: NoticeKind): kind is DemoNoticeKind => kind in demoTexts;

/** The mail of a notice as things are now, or why nobody is to get one any more. */
export async function composeMail(
  db: Db,
  notice: ClaimedNotice,
  now: Date = new Date(),
): Promise<Mail | { dropped: string }> {
  const { payload, name, disabled } = notice;
  const kind = noticeKinds.find((each) => each === notice.kind);
  if (!kind) return { dropped: `Nothing is written yet for notices of the kind ${oneLine(notice.kind)}.` };
  if (disabled) return { dropped: "The account is disabled." };

  let { email } = notice;
  const academy = oneLine(notice.academy ?? "") || "your academy";
  const facts: MailFacts = { academy, payload, token: "" };
  const linkKind = LINKS[kind];
  if (linkKind) {
    facts.token = linkToken(linkKind, String(payload.nonce));
    const link = await getOpenLink(db, linkKind, facts.token);
    if (!link) return { dropped: "Its link had been used or replaced, or had expired, before it could be sent." };
    // A link proves the address that it was made for, be it pending still.
    email = link.email;
  }
  // The warning is for whoever reads the old address, also when the change has been quicker.
  if (kind === "email-change-warning") email = String(payload.address);
  if (isAboutDemos(kind)) {
    // What concerns the account itself is not theirs to switch off.
    if (notice.mailOff) return { dropped: "They asked for no mail of this kind." };
    const told = await signupTold(db, kind, payload, notice.timeZone, now);
    if ("dropped" in told) return told;
    facts.told = told;
  }

  const rendered = renderMail(mailTexts[kind](facts), { name, academy, appUrl: env().APP_URL });
  return { ...rendered, key: mailKey(notice.identity), to: { name: oneLine(name), address: email }, academy };
}
