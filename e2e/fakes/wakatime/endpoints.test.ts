import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codingDay, type DemoPerson, demoAccessToken, demoRefreshToken, demoUid } from "@/db/seed/coding-generator";
import { eachDay } from "@/lib/dates";
import { type FakeWakatime, startFakeWakatime } from "./index";

let fake: FakeWakatime;
beforeAll(async () => {
  fake = await startFakeWakatime({ now: () => new Date("2026-11-22T12:00:00Z") });
});
afterAll(() => fake.close());

const someone = (key: number): DemoPerson => ({
  key,
  persona: "keen",
  firstDay: "2026-10-01",
  lastDay: null,
  timeZone: "America/Chicago",
});
const call = async (person: DemoPerson, path: string, token = demoAccessToken(person)) => {
  const url = `${fake.url}/api/v1/users/current${path}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, body: await answer.json() };
};

describe("stats", () => {
  it("are computed in the background: 202 first, then the numbers, without today", async () => {
    const person = someone(71);
    const first = await call(person, "/stats/last_7_days");
    expect(first).toMatchObject({
      status: 202,
      body: { data: { is_up_to_date: false, status: "updating", percent_calculated: 30 }, message: expect.any(String) },
    });
    expect(first.body.data).not.toHaveProperty("languages");
    const { status, body } = await call(person, "/stats/last_7_days");
    const ms = eachDay("2026-11-15", "2026-11-21").map((date) => codingDay(person, date).totalMs);
    const total = ms.reduce((sum, each) => sum + each, 0) / 1000;
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      user_id: demoUid(71),
      range: "last_7_days",
      human_readable_range: "last 7 days",
      start: "2026-11-15T06:00:00Z",
      end: "2026-11-22T05:59:59Z",
      total_seconds_including_other_language: total,
      days_including_holidays: 7,
      holidays: ms.filter((each) => each === 0).length,
      status: "ok",
      is_up_to_date: true,
      is_including_today: false,
      percent_calculated: 100,
      best_day: { total_seconds: Math.max(...ms) / 1000 },
    });
    const sum = body.data.languages.reduce(
      (all: number, item: { total_seconds: number }) => all + item.total_seconds,
      0,
    );
    expect(sum).toBeCloseTo(total, 6);
  });

  it.each([
    ["2026-10", "2026-10-01T05:00:00Z", "2026-11-01T04:59:59Z"],
    ["2026", "2026-01-01T06:00:00Z", "2026-11-22T05:59:59Z"],
    ["all_time", "2026-10-01T05:00:00Z", "2026-11-23T05:59:59Z"],
  ])("%s runs from %s to %s", async (range, start, end) => {
    const person = someone(72);
    expect((await call(person, `/stats/${range}`)).status).toBe(202);
    expect((await call(person, `/stats/${range}`)).body.data).toMatchObject({ start, end });
    expect((await call(person, "/stats/fortnight")).status).toBe(400);
  });

  it("are told for all time, today included", async () => {
    const person = someone(73);
    const { body } = await call(person, "/all_time_since_today");
    expect(body.data).toMatchObject({
      is_up_to_date: true,
      timeout: 15,
      range: {
        start: "2026-10-01T05:00:00Z",
        start_date: "2026-10-01",
        start_text: "Thu Oct 1st 2026",
        end_date: "2026-11-22",
        end_text: "Today",
        timezone: "America/Chicago",
      },
    });
    const summed = await call(person, "/summaries?start=2026-10-01&end=2026-11-22");
    expect(body.data.total_seconds).toBe(summed.body.cumulative_total.seconds);
  });
});

it("has a cold status bar first, on either path, and a warm one after", async () => {
  const person = someone(74);
  expect((await call(person, "/statusbar/today")).body).toEqual({
    data: {
      grand_total: { decimal: "", digital: "", hours: 0, minutes: 0, text: "", total_seconds: 0 },
      categories: [],
      dependencies: [],
      editors: [],
      languages: [],
      machines: [],
      operating_systems: [],
      projects: [],
      range: { date: "", end: "", start: "", text: "Today", timezone: "America/Chicago" },
    },
    has_team_features: false,
  });
  const warm = (await call(person, "/status_bar/today")).body;
  expect(warm).toMatchObject({ cached_at: "2026-11-22T12:00:00Z", has_team_features: false });
  expect(warm.data.range).toEqual({
    start: "2026-11-22T06:00:00Z",
    end: "2026-11-23T05:59:59Z",
    date: "2026-11-22",
    text: "Today",
    timezone: "America/Chicago",
  });
  expect(warm.data).toEqual((await call(person, "/summaries?start=today&end=today")).body.data[0]);
});

describe("scopes", () => {
  const SCOPES = [
    ["/summaries?start=2026-11-20&end=2026-11-21", "read_summaries"],
    ["/status_bar/today", "read_summaries"],
    ["/stats/last_7_days", "read_stats"],
    ["/all_time_since_today", "read_stats"],
    ["/durations?date=2026-11-20", "read_heartbeats"],
    ["/heartbeats?date=2026-11-20", "read_heartbeats"],
  ] as const;

  it.each(SCOPES)("%s needs %s, and says so", async (path, scope) => {
    const person = someone(75);
    fake.scopes.grant(75, "email");
    expect(await call(person, path)).toEqual({
      status: 403,
      body: { error: `This resource requires scopes: ${scope}.` },
    });
    for (const granted of [scope, `${scope}.languages`, `email,${scope}`]) {
      fake.scopes.grant(75, granted);
      expect((await call(person, path)).status).toBeLessThan(300);
    }
    fake.scopes.clear();
  });

  it("go with the token that was issued, and the e-mail address with its own", async () => {
    const person = someone(76);
    const form = {
      client_id: "i",
      client_secret: "s",
      redirect_uri: "http://localhost/cb",
      grant_type: "refresh_token",
    };
    const answer = await fetch(`${fake.url}/oauth/token`, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({ ...form, refresh_token: demoRefreshToken(person) }),
    });
    const token = ((await answer.json()) as { access_token: string }).access_token;
    expect((await call(person, "/summaries?start=2026-11-20&end=2026-11-21", token)).status).toBe(200);
    expect((await call(person, "/stats/last_7_days", token)).status).toBe(403);
    expect((await call(person, "", token)).body.data.email).toBe("coder-76@wakatime.test");
    const body = JSON.stringify({ who: token, scope: "read_stats" });
    await fetch(`${fake.url}/__fake/scopes`, { method: "POST", body });
    expect((await call(person, "/stats/last_7_days", token)).status).toBe(202);
    expect((await call(person, "", token)).body.data.email).toBeNull();
    expect((await call(person, "/summaries?start=2026-11-20&end=2026-11-21", token)).status).toBe(403);
  });

  it("let nobody post who may only read", async () => {
    fake.scopes.grant(77, "read_heartbeats");
    const answer = await fetch(
      `${fake.url}/api/v1/users/current/heartbeats.bulk?token=${demoAccessToken(someone(77))}`,
      {
        method: "POST",
        body: "[]",
      },
    );
    expect([answer.status, await answer.text()]).toEqual([
      403,
      '{"error":"This resource requires scopes: write_heartbeats."}',
    ]);
  });
});
