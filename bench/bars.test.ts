import { describe, expect, it } from "vitest";
import { judge } from "./bars";
import type { Figures } from "./figures";
import { FLOOR, SESSION_FLOOR } from "./targets";

const line = (target: string, values: Partial<Figures> = {}): Figures => ({
  target,
  server: "product",
  connections: 50,
  requests: 1_000,
  asked: 1_000,
  perSecond: 100,
  p50: 100,
  p95: 200,
  p99: 300,
  longest: 400,
  errors: 0,
  timeouts: 0,
  kilobytes: 5,
  statements: 2,
  statementMs: 3,
  peakMb: 400,
  poolShare: null,
  shares: {},
  ...values,
});

const verdictOf = (bar: RegExp, lines: Figures[], crowd: Figures[] = []) =>
  judge({ lines, crowd, cores: 2 }).find((each) => bar.test(each.bar));

describe("the bars", () => {
  it("hold at their edge and fail just below it", () => {
    for (const floor of [FLOOR, SESSION_FLOOR]) {
      const share = new RegExp(`^dashboard: at least 75 % of the ${floor}$`);
      const atEdge = [line("dashboard", { shares: { [FLOOR]: 0, [SESSION_FLOOR]: 0, [floor]: 0.75 } })];
      expect(verdictOf(share, atEdge)).toMatchObject({ holds: true, measured: "75 %" });
      expect(verdictOf(share, [line("dashboard", { shares: { [floor]: 0.749 } })])?.holds).toBe(false);
    }
    expect(verdictOf(/1,000 requests\/s on two/, [line("JSON dashboard", { perSecond: 1_000 })])?.holds).toBe(true);
    expect(verdictOf(/1,000 requests\/s on two/, [line("JSON dashboard", { perSecond: 999 })])?.holds).toBe(false);
    expect(verdictOf(/^users: at most 2/, [line("users", { statements: 2.01 })])?.holds).toBe(false);
    expect(verdictOf(/audit: users under 600/, [line("users", { p95: 600 })])?.holds).toBe(false);
    expect(verdictOf(/audit: users under 600/, [line("users", { p95: 599, errors: 1 })])?.holds).toBe(false);
    // 11 statements less 70 % are 3.3.
    expect(verdictOf(/dashboard with 70 % fewer/, [line("dashboard", { statements: 3.3 })])?.holds).toBe(true);
    expect(verdictOf(/dashboard with 70 % fewer/, [line("dashboard", { statements: 3.31 })])?.holds).toBe(false);
  });

  it("say so where nothing was measured, and judge only what ran at 50 connections", () => {
    const other = [line("users", { connections: 500, shares: { [SESSION_FLOOR]: 0.1 } })];
    expect(verdictOf(/^users: at least/, other)).toEqual({
      bar: "users: at least 75 % of the empty page with session",
      measured: "not measured",
      holds: null,
    });
    expect(verdictOf(/pool utilization/, other)?.holds).toBeNull();
    const quiet = [line("users", { poolShare: 0.1 }), line("dashboard", { poolShare: 0.79 })];
    expect(verdictOf(/pool utilization/, quiet)).toMatchObject({ measured: "79 %", holds: true });
    const full = [...quiet, line("student page", { poolShare: 0.8 })];
    expect(verdictOf(/pool utilization/, full)?.holds).toBe(false);
    const unshared = [...quiet, line("users, nothing shared", { server: "unshared", poolShare: 0.96 })];
    expect(verdictOf(/pool utilization/, unshared)).toMatchObject({
      measured: "79 % (96 % with nothing shared)",
      holds: true,
    });
  });

  it("let no request fail in a crowd", () => {
    const crowd = [line("dashboard", { connections: 500, errors: 1, timeouts: 1 })];
    expect(verdictOf(/^500 connections, dashboard/, [], crowd)?.holds).toBe(false);
    expect(verdictOf(/concurrent users/, [], crowd)?.holds).toBe(false);
    expect(verdictOf(/under 1 % errors/, [line("users", { requests: 1_000, errors: 10 })])?.holds).toBe(false);
  });

  it("weigh the mean of a statement by how many were sent", () => {
    // 1,000 x 2 of 10 ms and 3,000 x 1 of 100 ms: 320,000 ms for 5,000 statements.
    const lines = [
      line("dashboard", { statements: 2, statementMs: 10 }),
      line("users", { requests: 3_000, statements: 1, statementMs: 100 }),
      line("bare users", { server: "bare", statements: 5, statementMs: 1_000 }),
    ];
    expect(verdictOf(/a statement below 50 ms/, lines)).toMatchObject({ measured: "64.0 ms", holds: false });
  });

  it("hold nowhere when nothing was answered, or nothing well", () => {
    const targets = ["dashboard", "users", "JSON dashboard", "demo sessions (staff)", "demo sessions (student)"];
    const names = [...targets, "portal overview", "WakaTime today"];
    const none = { perSecond: 0, statements: 0, statementMs: null, shares: { [FLOOR]: 0, [SESSION_FLOOR]: 0 } };
    const silence = { ...none, requests: 0, errors: 50, asked: 50, timeouts: 50, p50: 0, p95: 0 };
    const refusals = { ...none, errors: 1_000, p50: 1, p95: 1 };
    const broken = { ...silence, timeouts: 0 };
    for (const found of [silence, refusals, broken]) {
      const all = names.map((name) => line(name, found));
      const crowd = [line("dashboard", { ...found, connections: 500 })];
      const verdicts = judge({ lines: all, crowd, cores: 2 }).filter(({ bar }) => !bar.includes("nothing shared"));
      expect(verdicts.filter(({ holds }) => holds !== false)).toEqual([]);
    }
    // Half are refused, which costs no statement: the mean of all would hold.
    expect(verdictOf(/^users: at most 2/, [line("users", { errors: 500, statements: 1.5 })])?.holds).toBe(false);
    // The yardstick was silent.
    expect(verdictOf(/^users: at least/, [line("users", { shares: { [SESSION_FLOOR]: null } })])?.holds).toBeNull();
  });
});
