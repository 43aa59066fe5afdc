import { type SQL, sql } from "drizzle-orm";
import type { Role } from "@/db/enums";
import type { NoticeKind } from "./outbox";

/**
 * What people choose by: kinds that are one matter to them. The names stand in `notification_preference.kind` and in
 * links that were mailed long ago, so they never change.
 */
export const noticeGroups = ["reminders", "places", "wakatime", "warnings", "alarms", "account"] as const;
export type NoticeGroup = (typeof noticeGroups)[number];

/** Every kind has a group: a new one does not compile before it is said which choice it falls under. */
export const groupOf: Record<NoticeKind, NoticeGroup> = {
  "demo-reminder": "reminders",
  "demo-promoted": "places",
  "demo-waitlisted": "places",
  "demo-cancelled": "places",
  "demo-moved": "places",
  "demo-changed": "places",
  "demo-deleted": "places",
  "wakatime-reconnect": "wakatime",
  "risk-digest": "warnings",
  "wakatime-alarm": "alarms",
  "password-reset": "account",
  "email-verification": "account",
  "email-change-warning": "account",
  invitation: "account",
  "deletion-requested": "account",
  "deletion-tomorrow": "account",
  "test-mail": "account",
};

type Rule = {
  /** Whether mail of the group can be switched off. */
  mail: "choice" | "always";
  /** Whether it can be had as a direct message in Slack, too. */
  slack: boolean;
  /** Whom it can concern. */
  roles: readonly Role[];
};

export const groupRules: Record<NoticeGroup, Rule> = {
  reminders: { mail: "choice", slack: true, roles: ["student"] },
  places: { mail: "choice", slack: true, roles: ["student"] },
  wakatime: { mail: "choice", slack: true, roles: ["student"] },
  warnings: { mail: "choice", slack: true, roles: ["instructor", "admin"] },
  // Somebody has to hear of it, and every admin could think that another one does.
  alarms: { mail: "always", slack: true, roles: ["admin"] },
  // Most of it holds links that let their reader in: those go by mail alone.
  account: { mail: "always", slack: false, roles: ["admin", "instructor", "student", "user"] },
};

/** The group of a kind in a statement; null for a kind that is not known any more. */
export const groupOfKind = (kind: SQL): SQL => sql`(${JSON.stringify(groupOf)}::jsonb ->> ${kind})`;
