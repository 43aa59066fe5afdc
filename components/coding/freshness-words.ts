import type { Tone } from "@/components/ui/badge";
import type { ConnectionStatus, EnrolmentStatus } from "@/db/enums";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { formatAgo, formatInstant } from "@/lib/format";

export type FreshnessFacts = {
  /** State of the student's link; null when there is none. */
  status: ConnectionStatus | null;
  lastSyncedAt: string | null;
  /** When the link stopped working. */
  brokenAt?: string | null;
  enrolmentStatus?: EnrolmentStatus | null;
};

/** Whoever is not in class is not synced: old is as it should be. */
const RESTING = new Set<EnrolmentStatus>(["paused", "dropped", "graduated"]);

/** How old a student's coding time is, in words that server and browser agree on. */
export type FreshnessWords = {
  state: "never_connected" | "not_synced" | "synced" | "stale" | ConnectionStatus;
  label: string;
  tone: Tone;
  /** The instant that the label speaks of, in ISO and for a person. */
  at?: { iso: string; exact: string };
};

const instantOf = (value: string) => {
  const date = new Date(value);
  return { date, at: { iso: date.toISOString(), exact: formatInstant(date) } };
};

/** `for 3 days`, `since yesterday`, `since 1 Apr 2026`; nothing for what has just happened. */
function sinceWords(instant: Date, now: Date): string {
  const ago = formatAgo(instant, now);
  if (ago === "just now") return "";
  return ago.endsWith(" ago") ? ` for ${ago.slice(0, -" ago".length)}` : ` since ${ago}`;
}

const BROKEN = {
  needs_reconnect: { label: "reconnect needed", tone: "bad" },
  scope_missing: { label: "permission missing", tone: "warn" },
} as const;

/** Whoever is not in class will not be synced soon either: nobody should wait for it. */
function neverSynced(status: EnrolmentStatus | null | undefined): string {
  if (status === "paused") return "not synced while paused";
  return status && RESTING.has(status) ? "no longer synced" : "not synced yet";
}

export function freshnessOf(facts: FreshnessFacts, now: Date): FreshnessWords {
  const { status, lastSyncedAt, brokenAt, enrolmentStatus } = facts;
  if (!status) return { state: "never_connected", label: "never connected", tone: "neutral" };
  if (status !== "active") {
    const broken = { state: status, ...BROKEN[status] };
    if (!brokenAt) return broken;
    const { date, at } = instantOf(brokenAt);
    return { ...broken, label: broken.label + sinceWords(date, now), at };
  }
  if (!lastSyncedAt) return { state: "not_synced", label: neverSynced(enrolmentStatus), tone: "neutral" };
  const { date, at } = instantOf(lastSyncedAt);
  const old = now.getTime() - date.getTime() > STALE_AFTER_HOURS * 3_600_000;
  const resting = enrolmentStatus ? RESTING.has(enrolmentStatus) : false;
  const stale = old && !resting;
  return {
    state: stale ? "stale" : "synced",
    label: `synced ${formatAgo(date, now)}`,
    tone: stale ? "warn" : old ? "neutral" : "good",
    at,
  };
}
