import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoAccessToken, demoRefreshToken } from "@/db/seed/coding-generator";
import { grandTotal, listItem } from "./format";
import { type FakeWakatime, startFakeWakatime } from "./index";
import { dayBounds, dayText } from "./local-day";

const person = { key: 5, persona: "keen" as const, firstDay: "2026-01-01", lastDay: null, timeZone: "America/Chicago" };
const token = demoAccessToken(person);
let fake: FakeWakatime;

beforeAll(async () => {
  fake = await startFakeWakatime({ now: () => new Date("2026-11-22T12:00:00Z") });
});
afterAll(() => fake.close());

type Day = {
  grand_total: { total_seconds: number; text: string; digital: string };
  range: { date: string; start: string; end: string; text: string; timezone: string };
} & Record<"projects" | "languages" | "machines", { name: string; total_seconds: number; percent: number }[]>;

const summaries = async (query: Record<string, string>) => {
  const answer = await fetch(`${fake.url}/api/v1/users/current/summaries?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: (await answer.json()) as { data: Day[] } };
};

describe("formatting", () => {
  it.each([
    [8229.65, "2:17", "2.28", "2 hrs 17 mins"],
    [3660, "1:01", "1.02", "1 hr 1 min"],
    [21600, "6:00", "6.00", "6 hrs"],
    [960, "0:16", "0.27", "16 mins"],
    [51.9, "0:00", "0.00", "51 secs"],
    [1, "0:00", "0.00", "1 sec"],
    [0, "0:00", "0.00", "0 secs"],
    [89_040, "24:44", "24.73", "24 hrs 44 mins"],
  ])("%d s", (seconds, digital, decimal, text) => {
    expect(grandTotal(seconds)).toMatchObject({ digital, decimal, text });
  });

  it("gives an item its share of its own list", () => {
    expect(listItem("TypeScript", 5210, 8229.4)).toMatchObject({ digital: "1:26:50", percent: 63.31, seconds: 50 });
    expect(listItem("none", 0, 0).percent).toBe(0);
  });

  it("bounds local days, also those on which the clocks change", () => {
    expect(dayBounds("2026-03-10", "America/Chicago")).toEqual({
      start: "2026-03-10T05:00:00Z",
      end: "2026-03-11T04:59:59Z",
    });
    expect(dayBounds("2026-03-08", "America/Chicago")).toEqual({
      start: "2026-03-08T06:00:00Z",
      end: "2026-03-09T04:59:59Z",
    });
    expect(dayBounds("2026-11-01", "America/Chicago")).toEqual({
      start: "2026-11-01T05:00:00Z",
      end: "2026-11-02T05:59:59Z",
    });
    expect(dayBounds("2026-11-22", "Asia/Kathmandu")).toEqual({
      start: "2026-11-21T18:15:00Z",
      end: "2026-11-22T18:14:59Z",
    });
    expect(dayText("2026-08-18", "2026-08-19")).toBe("Tue Aug 18th 2026");
    expect(dayText("2026-08-19", "2026-08-19")).toBe("Today");
  });
});

describe("summaries", () => {
  const week = { start: "2026-11-16", end: "2026-11-25", timezone: "America/Chicago", timeout: "15" };

  it("have every day, empty ones too, nothing in the future, and lists that sum to the total", async () => {
    const { body } = await summaries(week);
    expect(body.data.map((day) => day.range.date)).toHaveLength(10);
    for (const day of body.data) {
      for (const list of ["projects", "languages", "machines"] as const) {
        const sum = day[list].reduce((total, item) => total + item.total_seconds, 0);
        expect(sum).toBeCloseTo(day.grand_total.total_seconds, 6);
        const sorted = [...day[list]].sort((a, b) => b.total_seconds - a.total_seconds);
        expect(day[list]).toEqual(sorted);
      }
    }
    expect(
      body.data.filter((day) => day.range.date > "2026-11-22").every((day) => day.grand_total.total_seconds === 0),
    ).toBe(true);
    expect(body.data[6]?.range).toMatchObject({ text: "Today", timezone: "America/Chicago" });
  });

  it("are the same each time, honour the timeout, and understand named ranges", async () => {
    const first = await summaries(week);
    expect(await summaries(week)).toEqual(first);
    const total = (answer: { body: { data: Day[] } }) =>
      answer.body.data.reduce((sum, day) => sum + day.grand_total.total_seconds, 0);
    expect(total(await summaries({ ...week, timeout: "5" }))).toBeLessThan(total(first));
    const fortnight = await summaries({ range: "Last 14 Days", timezone: "UTC" });
    expect(fortnight.body.data.map((day) => day.range.date).slice(-1)).toEqual(["2026-11-22"]);
    expect((await summaries({ start: "yesterday-ish", end: "2026-11-22" })).status).toBe(400);
  });

  it("know their person by Bearer, by Basic with and without a colon, and nobody else", async () => {
    const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
    const status = async (authorization: string) =>
      (await fetch(`${fake.url}/api/v1/users/current`, { headers: { authorization } })).status;
    expect(await status(`Bearer ${token}`)).toBe(200);
    expect(await status(basic(token))).toBe(200);
    expect(await status(basic(`${token}:`))).toBe(200);
    expect(await status("Bearer waka_tok_nobody")).toBe(401);
    expect(await status(`Bearer ${demoRefreshToken(person)}`)).toBe(401);
    expect(await status("")).toBe(401);
  });
});

describe("control", () => {
  it("is switched over HTTP, for one person and a number of times", async () => {
    const post = (body: object) => fetch(`${fake.url}/__fake/failures`, { method: "POST", body: JSON.stringify(body) });
    await post({ failures: [{ kind: "402", person: 5, path: "summaries", olderThanDays: 10, times: 1 }] });
    expect((await summaries({ start: "2026-11-16", end: "2026-11-22" })).status).toBe(200);
    expect((await summaries({ start: "2026-11-01", end: "2026-11-22" })).status).toBe(402);
    expect((await summaries({ start: "2026-11-01", end: "2026-11-22" })).status).toBe(200);
    expect((await post({ failures: [{ kind: "418" }] })).status).toBe(400);
    await fetch(`${fake.url}/__fake/failures`, { method: "DELETE" });
  });

  it("answers the token endpoint in form encoding unless JSON is asked for, and refuses bad redirects with a page", async () => {
    const body = new URLSearchParams({
      client_id: "i",
      client_secret: "s",
      redirect_uri: "http://localhost/cb",
      grant_type: "refresh_token",
      refresh_token: demoRefreshToken(person),
    });
    const answer = await fetch(`${fake.url}/oauth/token`, { method: "POST", body, headers: { accept: "*/*" } });
    expect(answer.headers.get("content-type")).toContain("x-www-form-urlencoded");
    expect(new URLSearchParams(await answer.text()).get("access_token")).toMatch(/^waka_tok_/);
    const page = await fetch(`${fake.url}/oauth/authorize?client_id=i&redirect_uri=nowhere`, { redirect: "manual" });
    expect([page.status, page.headers.get("content-type")]).toEqual([400, "text/html; charset=utf-8"]);
  });
});
