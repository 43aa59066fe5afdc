import type { OwnConnection } from "@/db/queries/connection";

/** What `GET /api/wakatime/connection` answers. */
export type LinkState = Pick<OwnConnection, "status" | "lastSyncedAt" | "running" | "days" | "hasCoding"> & {
  reason: OwnConnection["reason"] | OwnConnection["bar"];
};

const FETCHED_TONIGHT =
  "The last 14 days are asked for again tonight; if older ones are missing, your academy can have them fetched.";

const REASONS: Record<NonNullable<LinkState["reason"]>, string | null> = {
  ok: null,
  skipped: null,
  needs_reconnect: null,
  scope_missing: null,
  out_of_plan: "Your WakaTime plan did not give all of the days we asked for; those stay empty here.",
  not_ready: `WakaTime is still computing your days. ${FETCHED_TONIGHT}`,
  rate_limited: `WakaTime is busy with other requests of ours. ${FETCHED_TONIGHT}`,
  unavailable: `WakaTime did not answer the last time. ${FETCHED_TONIGHT}`,
  unexpected_shape: `WakaTime answered in a way we do not understand. ${FETCHED_TONIGHT}`,
  failed: `The last sync did not succeed. ${FETCHED_TONIGHT}`,
  paused: "Staff paused your enrolment: nothing is fetched until it goes on.",
  dropped: "Your enrolment has ended: nothing is fetched any more.",
  graduated: "You have graduated: nothing is fetched any more. Congratulations!",
  direct: "Your hours come straight from your editor, so nothing is fetched from WakaTime.",
};

/** A sentence about why hours are missing; null when there is nothing to say. */
export const reasonText = (reason: LinkState["reason"]): string | null => reason && REASONS[reason];

const SCOPES: Record<string, string> = {
  read_summaries: "your daily summaries: time by project, language, editor and the like",
  email: "your e-mail address",
};

/** What the student granted, in words. */
export const scopesText = (scopes: readonly string[]): string =>
  scopes.map((scope) => SCOPES[scope] ?? scope).join("; ");
