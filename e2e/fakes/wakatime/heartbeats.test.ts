import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type DemoPerson, demoAccessToken } from "@/db/seed/coding-generator";
import sample from "@/lib/wakatime/testing/summaries-sample.json";
import { type FakeWakatime, startFakeWakatime } from "./index";
import { firstDay, type PostedBeat, vector } from "./testing/contract-days";

let fake: FakeWakatime;
let key = 40_000;
let person: DemoPerson;

beforeAll(async () => {
  fake = await startFakeWakatime({ now: () => new Date("2026-03-20T12:00:00Z") });
});
beforeEach(() => {
  key += 1;
  person = { key, persona: "keen", firstDay: "2026-01-01", lastDay: null, timeZone: "America/Chicago" };
});
afterAll(() => fake.close());

const call = async (path: string, init: RequestInit = {}) => {
  const basic = `Basic ${Buffer.from(demoAccessToken(person)).toString("base64")}`;
  const headers = { authorization: basic, "x-machine-name": "lab-17", ...init.headers };
  const answer = await fetch(`${fake.url}/api/v1/users/current${path}`, { ...init, headers });
  return { status: answer.status, body: await answer.json() };
};
const post = (beats: unknown, path = "/heartbeats.bulk") =>
  call(path, { method: "POST", body: typeof beats === "string" ? beats : JSON.stringify(beats) });
const postAll = async (beats: PostedBeat[]) => {
  for (let at = 0; at < beats.length; at += 25) expect((await post(beats.slice(at, at + 25))).status).toBe(202);
};
const summaries = async (query: Record<string, string>) =>
  (await call(`/summaries?${new URLSearchParams({ timezone: "America/Chicago", ...query })}`)).body;

/** Without what the sample leaves out (the keys of AI tools in lists) and what cannot be the same (a machine's id). */
const comparable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(comparable);
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).filter(([name]) => !/^(ai|human)_|^machine_name_id$/.test(name));
  return Object.fromEntries(kept.map(([name, each]) => [name, comparable(each)]));
};

type Totals = {
  data: { grand_total: { total_seconds: number }; projects: { name: string; total_seconds: number }[] }[];
};
const totals = ({ data }: Totals) =>
  data.map((day) => [day.grand_total.total_seconds, ...day.projects.map((item) => [item.name, item.total_seconds])]);

describe("summaries of posted heartbeats", () => {
  it("are the contract's sample to the letter, when its two days are posted", async () => {
    await postAll([...firstDay, ...vector]);
    const body = await summaries({ start: "2026-03-09", end: "2026-03-10" });
    expect(comparable(body)).toEqual(comparable(sample));
    expect(Object.keys(body)).toEqual(["data", "start", "end", "cumulative_total", "daily_average"]);
    // Cut off, not rounded: 9189.65 / 2 is 4594.825, and without "Other" 4137.125.
    expect(body.daily_average).toMatchObject({ seconds: 4137, seconds_including_other_language: 4594 });
  });

  it("count the gap for the earlier heartbeat, and cut it at midnight (section 7.4)", async () => {
    await postAll(vector);
    expect(totals(await summaries({ start: "2026-03-10", end: "2026-03-11" }))).toEqual([
      [960, ["alpha", 540], ["beta", 420]],
      [360, ["alpha", 360]],
    ]);
  });

  it("are the same in whatever order, and however often, the heartbeats come", async () => {
    await postAll([...vector].reverse());
    await postAll(vector.slice(2, 7));
    expect(totals(await summaries({ start: "2026-03-10", end: "2026-03-11" }))).toEqual([
      [960, ["alpha", 540], ["beta", 420]],
      [360, ["alpha", 360]],
    ]);
  });

  it.each([
    // 09:03 to 09:10 is longer than five minutes, and so is 23:55 to 00:05.
    [
      "5",
      [
        [240, ["alpha", 240]],
        [60, ["alpha", 60]],
      ],
    ],
    // 09:10 to 09:40 is exactly thirty: it counts.
    [
      "30",
      [
        [2760, ["beta", 2220], ["alpha", 540]],
        [360, ["alpha", 360]],
      ],
    ],
  ])("honour a timeout of %s minutes", async (timeout, expected) => {
    await postAll(vector);
    expect(totals(await summaries({ start: "2026-03-10", end: "2026-03-11", timeout }))).toEqual(expected);
  });

  it("divide the average by the days with time only, and give a lone heartbeat nothing", async () => {
    await postAll([...vector, { ...vector[0], time: 1773151200 + 5 * 86_400 } as PostedBeat]);
    const body = await summaries({ start: "2026-03-15", end: "2026-03-15" });
    expect(body.data[0]).toMatchObject({
      grand_total: { total_seconds: 0, digital: "0:00", decimal: "0.00", text: "0 secs" },
      projects: [],
      machines: [],
    });
    expect(body.daily_average).toMatchObject({ holidays: 1, days_minus_holidays: 0, seconds: 0, text: "0 secs" });
  });

  it("leave a day without heartbeats as it was generated", async () => {
    const before = await summaries({ start: "2026-03-12", end: "2026-03-12" });
    await postAll(vector);
    expect(await summaries({ start: "2026-03-12", end: "2026-03-12" })).toEqual(before);
  });

  it("give days on which the clocks change their 23 and 25 hours", async () => {
    const spring = await summaries({ start: "2026-03-08", end: "2026-03-08" });
    expect(spring.data[0].range).toEqual({
      start: "2026-03-08T06:00:00Z",
      end: "2026-03-09T04:59:59Z",
      date: "2026-03-08",
      text: "Sun Mar 8th 2026",
      timezone: "America/Chicago",
    });
    expect([spring.start, spring.end]).toEqual(["2026-03-08T06:00:00Z", "2026-03-09T04:59:59Z"]);
    // Two heartbeats a minute before and after the last midnight of the 23-hour day.
    await post([
      { ...vector[0], time: Date.parse("2026-03-09T04:59:00Z") / 1000 },
      { ...vector[0], time: Date.parse("2026-03-09T05:01:00Z") / 1000 },
    ]);
    expect(totals(await summaries({ start: "2026-03-08", end: "2026-03-09" })).map(([total]) => total)).toEqual([
      60, 60,
    ]);
    const autumn = await summaries({ start: "2025-11-02", end: "2025-11-02" });
    expect(autumn.data[0].range).toMatchObject({ start: "2025-11-02T05:00:00Z", end: "2025-11-03T05:59:59Z" });
  });
});

describe("posting", () => {
  it("answers each heartbeat in its place: new, repeated, refused", async () => {
    const { entity: _, ...nameless } = vector[0] as PostedBeat;
    const { status, body } = await post([
      vector[0],
      vector[0],
      nameless,
      { ...vector[1], lineno: 0 },
      { ...vector[1], time: 1 },
    ]);
    expect(status).toBe(202);
    expect(body).toEqual({
      responses: [
        [{ data: { id: expect.stringMatching(/^[0-9a-f-]{36}$/) } }, 201],
        [{ data: null }, 201],
        [{ errors: { entity: ["This field is required."] } }, 400],
        [{ errors: { lineno: ["Number must be between 1 and 2147483647."] } }, 400],
        [{ errors: { time: ["Not a time."] } }, 400],
      ],
    });
    const early = { ...vector[0], time: Date.parse("2025-12-31T12:00:00Z") / 1000 };
    expect((await post([early])).body.responses).toEqual([
      [{ errors: { time: ["Can not log time before user was created."] } }, 400],
    ]);
  });

  it("takes 25 at once and not 26, one alone, and JSON within JSON", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ ...vector[0], time: 1773151200 + at }));
    expect((await post(many(26))).status).toBe(400);
    expect((await post(many(25))).status).toBe(202);
    expect((await post("{")).status).toBe(400);
    expect((await post(JSON.stringify(JSON.stringify(many(2))))).status).toBe(202);
    expect(await post(vector[8], "/heartbeats")).toEqual({ status: 201, body: { data: { id: expect.any(String) } } });
  });

  it("fills in what a browser leaves to the last editor", async () => {
    await post([vector[0]]);
    await post([
      { ...vector[1], project: "<<LAST_PROJECT>>", language: "<<LAST_LANGUAGE>>", category: "writing docs" },
      vector[2],
    ]);
    const day = (await summaries({ start: "2026-03-10", end: "2026-03-10" })).data[0];
    expect(day.categories.map((item: { name: string }) => item.name)).toEqual(["Coding", "Writing Docs"]);
    expect(totals({ data: [day] })).toEqual([[180, ["alpha", 180]]]);
  });
});

it("gives the durations of the vector, merged where nothing is between them", async () => {
  await postAll(vector);
  const { body } = await call("/durations?date=2026-03-10&timezone=America/Chicago");
  expect(
    body.data.map((each: { project: string; time: number; duration: number }) => [
      each.project,
      each.time,
      each.duration,
    ]),
  ).toEqual([
    ["alpha", 1773151200, 180],
    ["beta", 1773151380, 420],
    ["alpha", 1773153600, 60],
    ["alpha", 1773204900, 300],
  ]);
  const next = await call("/durations?date=2026-03-11&timezone=America/Chicago&slice_by=language");
  expect(next.body).toMatchObject({
    data: [{ language: "TypeScript", time: 1773205200, duration: 360 }],
    start: "2026-03-11T05:00:00Z",
    end: "2026-03-12T04:59:59Z",
  });
  const beats = await call("/heartbeats?date=2026-03-11&timezone=America/Chicago");
  expect(beats.body.data).toMatchObject([
    { time: 1773205500, category: "Coding" },
    { time: 1773205560, project: "alpha" },
  ]);
  expect((await call("/durations?date=yesterday")).status).toBe(400);
});
