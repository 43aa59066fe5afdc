import { describe, expect, it } from "vitest";
import { RISK_DAYS, WINDOW_DAYS } from "@/lib/analytics/early-warning";
import { signalPath, signalWords } from "./risk-words";

describe("where a fact can be looked at", () => {
  it("shows every day that the fact looks at, today among them", () => {
    const daysOf = (kind: Parameters<typeof signalPath>[1]) =>
      Number(new URLSearchParams(signalPath(7, kind).split(/[?#]/)[1]).get("days"));
    expect(daysOf("quiet")).toBeGreaterThan(RISK_DAYS);
    expect(daysOf("drop")).toBeGreaterThan(RISK_DAYS);
    expect(daysOf("low_quarter")).toBeGreaterThan(2 * WINDOW_DAYS);
    // The last whole week ends at most a week ago.
    expect(daysOf("goals")).toBeGreaterThanOrEqual(2 * WINDOW_DAYS);
  });
});

describe("the words of a drop", () => {
  it("say how many days of its number nobody knows", () => {
    const drop = { kind: "drop", points: 0, value: 60, threshold: 50, unknown: null } as const;
    expect(signalWords({ ...drop, of: "3 missing days taken as usual" }).number).toBe(
      "60 % of their own usual week, 3 missing days taken as usual",
    );
    expect(signalWords({ ...drop, of: null }).number).toBe("60 % of their own usual week");
  });
});
