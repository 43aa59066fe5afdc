import { createHmac, timingSafeEqual } from "node:crypto";
import { groupRules, type NoticeGroup, noticeGroups } from "@/db/queries/notice-groups";
import { requireEnv } from "@/lib/env";

/** Whose mails of which group a link is about. */
export type Unsubscription = { userId: number; group: NoticeGroup };

const signatureOf = (text: string, secret: string): Buffer =>
  createHmac("sha256", secret).update(`cohort unsubscribe:${text}`).digest();

/**
 * What a mail's way out carries: a signature and no secret of anybody's. It does one thing, for one person, and never
 * expires, because mails are kept; only another AUTH_SECRET ends it.
 */
export function unsubscribeToken({ userId, group }: Unsubscription, secret = requireEnv("AUTH_SECRET")): string {
  const text = `${userId}.${group}`;
  return `${text}.${signatureOf(text, secret).toString("base64url")}`;
}

/** What a link is about; null unless it was signed here, and mail of its group can be switched off. */
export function readUnsubscribeToken(token: unknown, secret = requireEnv("AUTH_SECRET")): Unsubscription | null {
  const [, id, name, signature] =
    typeof token === "string" ? (/^([1-9]\d{0,9})\.([a-z]{1,20})\.([\w-]{43})$/.exec(token) ?? []) : [];
  const group = noticeGroups.find((each) => each === name);
  if (!id || !group || !signature || groupRules[group].mail === "always") return null;
  const given = Buffer.from(signature, "base64url");
  const expected = signatureOf(`${id}.${group}`, secret);
  return given.length === expected.length && timingSafeEqual(given, expected) ? { userId: Number(id), group } : null;
}

/** The page with the button, for people. */
export const unsubscribePage = (about: Unsubscription): string => `/unsubscribe?token=${unsubscribeToken(about)}`;

/** Where mail programs ask for it in one step. */
export const unsubscribeAddress = (about: Unsubscription): string =>
  `/api/unsubscribe?token=${unsubscribeToken(about)}`;
