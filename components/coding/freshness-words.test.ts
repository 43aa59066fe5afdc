import { describe, expect, it } from "vitest";
import { type EnrolmentStatus, enrolmentStatuses } from "@/db/enums";
import { freshnessOf } from "./freshness-words";

const NOW = new Date("2026-06-10T12:00:00Z");
const words = (...[facts]: [Parameters<typeof freshnessOf>[0]]) => {
  const { state, label, tone, at } = freshnessOf(facts, NOW);
  return [state, label, tone, at?.exact];
};

describe("how fresh a student's coding time is", () => {
  it("says when it was synced, with the exact instant", () => {
    expect(freshnessOf({ status: "active", lastSyncedAt: "2026-06-10T11:48:20+00:00" }, NOW)).toEqual({
      state: "synced",
      label: "synced 11 min ago",
      tone: "good",
      at: { iso: "2026-06-10T11:48:20.000Z", exact: "2026-06-10 11:48 UTC" },
    });
  });

  it("warns of a live link that a whole night left out: after 26 hours, not before", () => {
    expect(words({ status: "active", lastSyncedAt: "2026-06-09T10:00:00Z" })).toEqual([
      "synced",
      "synced yesterday",
      "good",
      "2026-06-09 10:00 UTC",
    ]);
    expect(words({ status: "active", lastSyncedAt: "2026-06-09T09:59:59Z" }).slice(0, 3)).toEqual([
      "stale",
      "synced yesterday",
      "warn",
    ]);
    expect(words({ status: "active", lastSyncedAt: "2026-06-08T12:00:00Z" })[1]).toBe("synced 2 days ago");
  });

  it("does not warn of a student who is not synced because they are not in class", () => {
    const facts = { status: "active", lastSyncedAt: "2026-06-01T12:00:00Z" } as const;
    expect(words({ ...facts, enrolmentStatus: "active" }).slice(0, 3)).toEqual(["stale", "synced 9 days ago", "warn"]);
    for (const enrolmentStatus of ["paused", "dropped", "graduated"] as const) {
      expect(words({ ...facts, enrolmentStatus }).slice(0, 3)).toEqual(["synced", "synced 9 days ago", "neutral"]);
    }
  });

  it("promises no sync to whoever is not in class", () => {
    const label = (enrolmentStatus: EnrolmentStatus) =>
      words({ status: "active", lastSyncedAt: null, enrolmentStatus })[1];
    expect(enrolmentStatuses.map(label)).toEqual([
      "not synced yet",
      "not synced yet",
      "not synced while paused",
      "no longer synced",
      "no longer synced",
    ]);
  });

  it("tells a link that never was from one that was never read", () => {
    expect(words({ status: null, lastSyncedAt: null })).toEqual([
      "never_connected",
      "never connected",
      "neutral",
      undefined,
    ]);
    expect(words({ status: "active", lastSyncedAt: null })).toEqual([
      "not_synced",
      "not synced yet",
      "neutral",
      undefined,
    ]);
  });

  it("says of a broken link what is needed and since when, not when it was last read", () => {
    const lastSyncedAt = "2026-06-10T11:59:00Z";
    const label = (status: "needs_reconnect" | "scope_missing", brokenAt: string | null) =>
      words({ status, lastSyncedAt, brokenAt }).slice(1, 3);
    expect(label("needs_reconnect", "2026-06-07T12:00:00Z")).toEqual(["reconnect needed for 3 days", "bad"]);
    expect(label("needs_reconnect", "2026-06-09T11:00:00Z")).toEqual(["reconnect needed since yesterday", "bad"]);
    expect(label("needs_reconnect", "2026-04-01T12:00:00Z")).toEqual(["reconnect needed since 1 Apr 2026", "bad"]);
    expect(label("needs_reconnect", "2026-06-10T11:59:50Z")).toEqual(["reconnect needed", "bad"]);
    expect(label("needs_reconnect", null)).toEqual(["reconnect needed", "bad"]);
    expect(label("scope_missing", "2026-06-10T10:00:00Z")).toEqual(["permission missing for 2 h", "warn"]);
  });
});
