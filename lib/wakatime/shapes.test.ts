import { describe, expect, it } from "vitest";
import { currentUserSchema, statusBarSchema, summariesSchema, tokenSchema } from "./shapes";
import answers from "./testing/answers-sample.json";
import summaries from "./testing/summaries-sample.json";
import { codingDays } from "./transform";

/** The contract's samples (its section 9), word for word. */
describe("WakaTime's answers", () => {
  it("token: in JSON, and form-encoded with everything a string", () => {
    const expected = {
      uid: "a3c1f2d4-58b6-4e0a-9c77-0d2b6e914f35",
      scopes: ["email", "read_summaries"],
      expiresAt: "2027-03-12T19:40:00Z",
      expiresInSeconds: 31_536_000,
    };
    expect(tokenSchema.parse(answers.token)).toMatchObject(expected);
    const form =
      "access_token=waka_tok_EXAMPLEaaaa&refresh_token=waka_ref_EXAMPLEbbbb&uid=a3c1f2d4-58b6-4e0a-9c77-0d2b6e914f35" +
      "&token_type=bearer&expires_at=2027-03-12T19%3A40%3A00Z&expires_in=31536000&scope=email+read_summaries";
    expect(tokenSchema.parse(Object.fromEntries(new URLSearchParams(form)))).toEqual({
      ...expected,
      accessToken: "waka_tok_EXAMPLEaaaa",
      refreshToken: "waka_ref_EXAMPLEbbbb",
    });
    expect(tokenSchema.parse({ access_token: "t", scope: "email,read_stats" }).scopes).toEqual(["email", "read_stats"]);
    expect(tokenSchema.parse({ access_token: "t", scope: "" }).scopes).toEqual([]);
  });

  it("summaries: 8229.65 s and 960 s, worked out by hand, and no host name", () => {
    const window = { from: "2026-03-09", to: "2026-03-10", timeZone: "America/Chicago" };
    const days = codingDays(summariesSchema.parse(summaries), window);
    expect(days.map((day) => [day.date, day.totalMs])).toEqual([
      ["2026-03-09", 8_229_650],
      ["2026-03-10", 960_000],
    ]);
    const sums = (kind: string) =>
      days.map((day) => day.items.filter((item) => item.kind === kind).reduce((sum, item) => sum + item.ms, 0));
    for (const kind of ["project", "language", "category", "editor", "operating_system", "machine"]) {
      expect(sums(kind), kind).toEqual([8_229_650, 960_000]);
    }
    expect(sums("dependency")).toEqual([4_500_000, 0]);
    expect(JSON.stringify(days)).not.toContain("lab-17");
  });

  it("status bar: warm is a day, cold is none", () => {
    const warm = statusBarSchema.parse(answers.warmStatusBar);
    expect(warm.cached_at).toBe("2026-03-12T19:41:07Z");
    const asked = { from: "2026-03-12", to: "2026-03-12", timeZone: "America/Chicago" };
    expect(codingDays({ data: [warm.data] }, asked)).toMatchObject([{ date: "2026-03-12", totalMs: 2_711_900 }]);
    const cold = statusBarSchema.parse(answers.coldStatusBar);
    expect(cold.cached_at).toBeUndefined();
    expect(codingDays({ data: [cold.data] }, asked)).toEqual([]);
  });

  it("status bar: the variant without dates is cold too", () => {
    const range = { text: "Today", timezone: "UTC" };
    const { data } = statusBarSchema.parse({ data: { grand_total: { total_seconds: 0 }, range } });
    expect(codingDays({ data: [data] }, { from: "2026-03-12", to: "2026-03-12", timeZone: "UTC" })).toEqual([]);
  });

  it("profile: the username may be null", () => {
    expect(currentUserSchema.parse(answers.currentUser)).toMatchObject({
      id: "a3c1f2d4-58b6-4e0a-9c77-0d2b6e914f35",
      timezone: "America/Chicago",
      timeout: 15,
      writes_only: false,
      plan: "free",
    });
  });

  it("stats that are not ready are no summaries", () => {
    expect(summariesSchema.safeParse(answers.statsNotReady).success).toBe(false);
    expect(statusBarSchema.safeParse(answers.allTimeSinceToday).success).toBe(false);
  });
});
