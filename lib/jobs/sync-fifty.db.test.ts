import { expect, it } from "vitest";
import type { SyncOutcomeKind } from "@/db/enums";
import { connectionOf } from "@/lib/wakatime/testing/stored";
import { runLab } from "./testing/run-lab";

const lab = runLab(40_000);
const { db } = lab;

const CASES = [
  { name: "302", failure: { kind: "302" }, ends: "rate_limited", reason: "answered 302" },
  {
    name: "401, for good",
    failure: { kind: "401", revoked: true },
    ends: "needs_reconnect",
    reason: "refused to renew",
  },
  { name: "401, once", failure: { kind: "401", times: 1 }, ends: "ok", reason: null },
  { name: "401 after a good refresh", failure: { kind: "401" }, ends: "failed", reason: "answered 401" },
  { name: "402", failure: { kind: "402" }, ends: "out_of_plan", reason: "answered 402" },
  { name: "403", failure: { kind: "403" }, ends: "scope_missing", reason: "answered 403" },
  { name: "429", failure: { kind: "429" }, ends: "rate_limited", reason: "answered 429" },
  {
    name: "429 with Retry-After",
    failure: { kind: "429", retryAfter: "1" },
    ends: "rate_limited",
    reason: "answered 429",
  },
  {
    name: "429 with a long Retry-After",
    failure: { kind: "429", retryAfter: "3600" },
    ends: "rate_limited",
    reason: "answered 429",
  },
  { name: "429, once", failure: { kind: "429", retryAfter: "1", times: 1 }, ends: "ok", reason: null },
  { name: "500", failure: { kind: "500" }, ends: "unavailable", reason: "answered 500" },
  { name: "slow", failure: { kind: "slow", delayMs: 700 }, ends: "ok", reason: null },
  { name: "HTML", failure: { kind: "html" }, ends: "unavailable", reason: "a page instead of data" },
  { name: "truncated JSON", failure: { kind: "truncated" }, ends: "unexpected_shape", reason: "broken JSON" },
  { name: "202", failure: { kind: "202" }, ends: "not_ready", reason: "answered 202" },
  { name: "connection reset", failure: { kind: "reset" }, ends: "unavailable", reason: "failed: " },
] as const satisfies { name: string; failure: object; ends: SyncOutcomeKind; reason: string | null }[];

const STATUS: Partial<Record<SyncOutcomeKind, string>> = {
  needs_reconnect: "needs_reconnect",
  scope_missing: "scope_missing",
};

it.each(CASES)("$name for one of fifty: the other forty-nine are synced", async ({ failure, ends, reason }) => {
  const made = await lab.people(50);
  const one = made[23] ?? { key: 0, userId: 0 };
  const { revoked, ...switches } = { revoked: false, ...failure };
  lab.fake.failures.add({ path: "summaries", ...switches, person: one.key });
  if (revoked) lab.fake.failures.add({ kind: "401", path: "oauth/token" });
  const run = await lab.wholeRun();

  const outcomes = await lab.outcomesOf(run.id);
  expect(outcomes).toHaveLength(50);
  for (const outcome of outcomes) {
    if (outcome.userId !== one.userId) expect(outcome).toMatchObject({ kind: "ok", daysWritten: 14, reason: null });
  }
  const its = outcomes.find((each) => each.userId === one.userId);
  expect(its?.kind).toBe(ends);
  if (reason === null) expect(its).toMatchObject({ daysWritten: 14, reason: null });
  else expect(its).toMatchObject({ daysWritten: 0, reason: expect.stringContaining(reason) });
  expect(await connectionOf(db, one.userId)).toMatchObject({
    status: STATUS[ends] ?? "active",
    lastError: its?.reason ?? null,
    lastSyncedAt: ends === "ok" ? lab.clock() : null,
    leaseOwner: null,
  });
  expect(run).toMatchObject({ status: "completed", usersDone: 50, usersOk: ends === "ok" ? 50 : 49 });
});
