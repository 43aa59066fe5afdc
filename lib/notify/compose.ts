import type { Db } from "@/db/client";
import type { DemoNoticeKind } from "@/db/mutations/demo-notices";
import type { ClaimedNotice } from "@/db/mutations/outbox";
import { groupOf, groupRules } from "@/db/queries/notice-groups";
import { type NoticeKind, noticeKinds } from "@/db/queries/outbox";
import { getRiskDigest } from "@/db/queries/risk-digest";
import { getOpenLink } from "@/db/queries/user-token";
import { env } from "@/lib/env";
import { signupTold } from "./demo-facts";
import { demoTexts } from "./demo-texts";
import { directMessage } from "./direct-message";
import { groupWords } from "./group-words";
import { type LinkKind, linkToken } from "./link-token";
import { oneLine, renderMail } from "./mail-render";
import { type MailFacts, type MailText, mailTexts } from "./mail-texts";
import { type Mail, mailKey } from "./mailer";
import type { SlackMessage } from "./slack-client";
import { unsubscribeAddress, unsubscribePage } from "./unsubscribe-link";

type Dropped = { dropped: string };

const LINKS: Partial<Record<NoticeKind, LinkKind>> = {
  "password-reset": "reset",
  "email-verification": "verify",
  invitation: "invite",
};

const isAboutDemos = (kind: NoticeKind): kind is DemoNoticeKind => kind in demoTexts;

/** Whether the person wants to hear of it in this way, as they have chosen by now. */
function unwanted(kind: NoticeKind, { mailOff, slackOn }: ClaimedNotice, way: "mail" | "direct"): string | null {
  const { mail, slack } = groupRules[groupOf[kind]];
  if (way === "direct") return slack && slackOn ? null : "They no longer ask for messages of this kind in Slack.";
  // What concerns the account itself is not theirs to switch off.
  return mail === "choice" && mailOff ? "They asked for no mail of this kind." : null;
}

type Told = { kind: NoticeKind; text: MailText; email: string; academy: string };

/** What a notice tells as things are now, and to which address, or why nobody is to be told any more. */
async function tell(db: Db, notice: ClaimedNotice, way: "mail" | "direct", now: Date): Promise<Told | Dropped> {
  const { payload, disabled } = notice;
  const kind = noticeKinds.find((each) => each === notice.kind);
  if (!kind) return { dropped: `Nothing is written yet for notices of the kind ${oneLine(notice.kind)}.` };
  if (disabled) return { dropped: "The account is disabled." };
  const reason = unwanted(kind, notice, way);
  if (reason) return { dropped: reason };

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
    const told = await signupTold(db, kind, payload, notice.timeZone, now);
    if ("dropped" in told) return told;
    facts.told = told;
  }
  if (kind === "risk-digest") {
    const { batchId, from, to } = payload as { batchId: number; from: string; to: string };
    const risk = await getRiskDigest(db, batchId, { from, to, readerId: notice.userId });
    if (!risk || risk.changes.length === 0)
      return { dropped: "Nothing is left of what changed in that week, or they no longer teach the batch." };
    facts.risk = risk;
  }
  return { kind, text: mailTexts[kind](facts), email, academy };
}

/** The mail of a notice as things are now, or why nobody is to get one any more. */
export async function composeMail(db: Db, notice: ClaimedNotice, now: Date = new Date()): Promise<Mail | Dropped> {
  const told = await tell(db, notice, "mail", now);
  if ("dropped" in told) return told;
  const { kind, text, email, academy } = told;
  const { APP_URL: appUrl } = env();
  const about = { userId: notice.userId, group: groupOf[kind] };
  const mayEnd = groupRules[about.group].mail === "choice";
  const stop = mayEnd ? { what: groupWords[about.group].these, path: unsubscribePage(about) } : null;
  const rendered = renderMail(text, { name: notice.name, academy, appUrl, stop });
  return {
    ...rendered,
    key: mailKey(notice.identity),
    to: { name: oneLine(notice.name), address: email },
    academy,
    unsubscribe: mayEnd && appUrl ? new URL(unsubscribeAddress(about), appUrl).href : null,
  };
}

/** The same as a direct message in Slack, and the address by which its reader is found there. */
export async function composeDirect(
  db: Db,
  notice: ClaimedNotice,
  now: Date = new Date(),
): Promise<{ message: SlackMessage; email: string } | Dropped> {
  const told = await tell(db, notice, "direct", now);
  if ("dropped" in told) return told;
  return { message: directMessage(told.text, told.academy, env().APP_URL), email: told.email };
}
