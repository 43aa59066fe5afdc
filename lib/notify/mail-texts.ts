import type { NoticeKind } from "@/db/queries/outbox";
import type { RiskDigest } from "@/db/queries/risk-digest";
import { isDate } from "@/lib/dates";
import { formatDateWithWeekday } from "@/lib/format";
import { demoTexts } from "./demo-texts";
import { riskDigestText } from "./risk-text";
import type { SignupTold } from "./session-words";

/** Words that lead to a page of ours. */
export type MailLink = { text: string; path: string };
export type MailParagraph = string | readonly (string | MailLink)[];

/** What a mail says, before it is known how it looks. `path` is a page of ours. */
export type MailText = {
  subject: string;
  paragraphs: MailParagraph[];
  action: { label: string; path: string };
  /** An address that is not ours, shown before the link: where a session takes place. Anything but http(s) is left out. */
  outside?: { label: string; url: string } | null;
  /** After the link. */
  closing: string[];
};

/** What the texts are made of, besides the recipient's name. */
export type MailFacts = {
  academy: string;
  payload: Record<string, unknown>;
  /** The secret of the link, for kinds that mail one. */
  token: string;
  /** The session and sign-up of a notice about a demo session. */
  told?: SignupTold;
  /** The changes of a batch, of a notice about early warning. */
  risk?: RiskDigest;
};

const whole = (value: unknown): string => (Number.isSafeInteger(value) ? String(value) : "0");

/** When an account is deleted, by the person's own calendar and clock. */
function deletionDay({ date, time, timeZone }: Record<string, unknown>): string {
  const day = String(date);
  return isDate(day)
    ? `${formatDateWithWeekday(day)}, at ${String(time)} (${String(timeZone)})`
    : "the day that the portal shows";
}

/** What each kind of notice tells. */
export const mailTexts: Record<NoticeKind, (facts: MailFacts) => MailText> = {
  "password-reset": ({ academy, token }) => ({
    subject: `Choose a new password for ${academy}`,
    paragraphs: [`Somebody, we hope you, asked for a new password for your account at ${academy}.`],
    action: { label: "Choose a new password", path: `/reset-password?token=${token}` },
    closing: [
      "The link works once, within an hour of asking. You are then signed out everywhere and sign in with the new password.",
      "If you did not ask, you need not do anything: your password stays as it is.",
    ],
  }),
  "email-verification": ({ academy, token }) => ({
    subject: `Confirm your e-mail address for ${academy}`,
    paragraphs: [`This address was given for an account at ${academy}. Please confirm that it is yours.`],
    action: { label: "Confirm this address", path: `/verify-email?token=${token}` },
    closing: ["The link works once, within two days.", "If you have no account there, you need not do anything."],
  }),
  "email-change-warning": ({ academy }) => ({
    subject: `Your e-mail address at ${academy} is about to change`,
    paragraphs: [
      `Somebody, we hope you, asked to use another e-mail address for your account at ${academy}. It changes as soon as the link that we mailed to the new address is followed.`,
      "If this was not you, choose a new password now: that stops the change and signs everybody out of your account.",
    ],
    action: { label: "Choose a new password", path: "/forgot-password" },
    closing: ["If it was you, you need not do anything here."],
  }),
  invitation: ({ academy, token }) => ({
    subject: `You are invited to ${academy}`,
    paragraphs: [
      `${academy} uses Cohort to see how everybody is coming along, and has made an account for you.`,
      "Choose a password to take up the invitation; you are then signed in.",
    ],
    action: { label: "Accept the invitation", path: `/invite?token=${token}` },
    closing: [
      "The link works once, within seven days. After that, ask your academy for a new one.",
      "If you do not know the academy, you need not do anything.",
    ],
  }),
  "wakatime-reconnect": ({ academy }) => ({
    subject: "Please connect WakaTime again",
    paragraphs: [
      `WakaTime no longer lets ${academy} read your coding time, so new days are missing for now.`,
      "The days you see are kept, and WakaTime goes on counting. Once you connect the same account again, the days since the last sync are read: from up to a year back, as far as your WakaTime plan gives them.",
    ],
    action: { label: "Connect WakaTime again", path: "/portal/wakatime" },
    closing: [],
  }),
  "test-mail": ({ academy }) => ({
    subject: `Mail from ${academy} arrives`,
    paragraphs: [`Somebody, most likely you, tried on the settings page whether mail of ${academy} arrives. It does.`],
    action: { label: "Back to the settings", path: "/admin/settings" },
    closing: [],
  }),
  "wakatime-alarm": ({ payload }) => ({
    subject: `WakaTime refused the students of sync run ${whole(payload.runId)}`,
    paragraphs: [
      `WakaTime refused ${whole(payload.refused)} students in sync run ${whole(payload.runId)}, and it looks as if it refuses the academy's application rather than them. Nobody was unlinked because of it.`,
      "Most likely the application's client secret is wrong: compare WAKATIME_CLIENT_SECRET with what WakaTime shows for it.",
    ],
    action: { label: "See the run", path: `/admin/sync/${whole(payload.runId)}` },
    closing: [],
  }),
  "deletion-requested": ({ academy, payload }) => ({
    subject: `Your account at ${academy} is to be deleted`,
    paragraphs: [
      `Somebody, we hope you, asked for your account at ${academy} to be deleted. That happens on ${deletionDay(payload)}.`,
      "Until then everything stays as it is, and you can keep the account at any time: sign in, and press “Keep my account”.",
    ],
    action: { label: "See what is deleted, or keep it", path: "/portal/privacy" },
    closing: [
      "If this was not you, keep the account and choose a new password: that signs everybody out of it.",
      "We write once more on the day before.",
    ],
  }),
  "deletion-tomorrow": ({ academy, payload }) => ({
    subject: `Your account at ${academy} is deleted tomorrow`,
    paragraphs: [
      `As was asked for, your account at ${academy} is deleted on ${deletionDay(payload)}. Afterwards nobody can bring it back.`,
      "If you want a copy of your data, download it before. If you want to keep the account, press “Keep my account”.",
    ],
    action: { label: "Keep it, or download your data", path: "/portal/privacy" },
    closing: ["This is the last mail about this account."],
  }),
  "risk-digest": ({ payload, risk }) => {
    if (!risk) throw new Error("A mail about early warning needs the changes.");
    return riskDigestText(risk, Number(payload.batchId), String(payload.to));
  },
  ...demoTexts,
};
