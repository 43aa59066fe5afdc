import type { APIResponse } from "@playwright/test";
import { newPerson, oneRow } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

const TODAY_PATHS = ["/api/wakatime/today", "/api/integrations/wakatime/today"];
const RANGE = "/api/wakatime/stats-range";

async function expectFailure(answer: APIResponse, status: number, code: string): Promise<Record<string, string>> {
  expect(answer.status(), answer.url()).toBe(status);
  const body = await answer.json();
  const error = { code, fields: expect.any(Object) };
  expect(body).toEqual({ success: false, message: expect.any(String), detail: body.message, error });
  return body.error.fields;
}

/**
 * A student of the demo academy whom no other journey uses, so that none has warmed their day. In class already: who is
 * to come lives by the academy's zone until then, which has another today for a part of the day.
 */
const linkedStudent = (skip: number) =>
  oneRow<{ id: number; email: string; today: string }>(
    (sql) => sql`
      select u.id, u.email, (now() at time zone coalesce(u.time_zone, b.time_zone))::date::text as today
      from "user" u
      join connection c on c.user_id = u.id and c.status = 'active'
      join student s on s.user_id = u.id and s.coding_source = 'wakatime'
      join enrolment en on en.student_id = s.id and en.status = 'active' and en.to_date is null
      join batch b on b.id = en.batch_id
      where u.role = 'student' and u.disabled_at is null and u.email like '%@mail.cohort.test'
        and en.from_date < current_date - 1
      order by u.id desc limit 1 offset ${skip}`,
  );

test("today: not computed yet, then the live figure, without a body and at both addresses", async ({ context }) => {
  const { email, today } = await linkedStudent(0);
  await signInAs(context, email);
  const cold = await context.request.post("/api/wakatime/today");
  expect(cold.status()).toBe(200);
  expect(cold.headers()["cache-control"]).toContain("no-store");
  expect(await cold.json()).toEqual({
    success: true,
    message: expect.stringContaining("not computed yet"),
    data: null,
    error: null,
  });

  const figures = [];
  const bodyless: Record<string, string>[] = [
    {},
    { "Content-Type": "text/plain" },
    { "Content-Type": "application/json" },
  ];
  for (const path of TODAY_PATHS) {
    for (const headers of bodyless) {
      const answer = await context.request.post(path, { headers });
      expect(answer.status(), path).toBe(200);
      figures.push((await answer.json()).data);
    }
  }
  expect(figures[0]).toMatchObject({
    grand_total: { total_seconds: expect.any(Number), digital: expect.stringMatching(/^\d+:\d\d$/) },
    range: { date: today, text: "Today" },
    languages: expect.any(Array),
    stale: false,
    source: "live",
  });
  // One call gave them all: they are of the same instant.
  expect(new Set(figures.map((each) => JSON.stringify(each))).size).toBe(1);
  expect(JSON.stringify(figures[0])).not.toMatch(/waka_|host-of/);
});

test("a range: the envelope of WakaTime's summaries, from the database", async ({ context }) => {
  const { id, email, today } = await linkedStudent(1);
  await signInAs(context, email);
  const days = await oneRow<{ start: string; end: string; total: number; known: number }>(
    (sql) => sql`
      select (${today}::date - 6)::text as start, (${today}::date - 1)::text as end,
        coalesce(sum(total_ms), 0)::float8 / 1000 as total, count(*)::int as known
      from daily_summary where user_id = ${id} and date between ${today}::date - 6 and ${today}::date - 1`,
  );
  const answer = await context.request.post(RANGE, { data: { start: days.start, end: days.end } });
  expect(answer.status()).toBe(200);
  const { data, message } = await answer.json();
  expect(data).toMatchObject({
    start: expect.stringMatching(/Z$/),
    daily_average: { days_including_holidays: data.data.length },
    totals: { languages: expect.any(Array) },
  });
  // What was stored is there; what was not has been fetched, or is named.
  expect(data.data.length + data.missing_dates.length).toBe(6);
  expect(data.data.length).toBeGreaterThanOrEqual(days.known);
  if (days.known === 6) expect([data.cumulative_total.seconds, message]).toEqual([days.total, null]);
});

test("a range that makes no sense is 422 and names the field", async ({ context }) => {
  await signInAs(context, "student@cohort.test");
  const cases = [
    [{ start: "2026-02-30", end: "2026-03-01" }, "start"],
    [{ start: "2026-01-01", end: "soon" }, "end"],
    [{ start: "2026-01-01" }, "end"],
    [{ start: "2026-01-02", end: "2026-01-01" }, "start"],
    [{ start: "2024-01-01", end: "2025-12-31" }, "start"],
    [{ start: "2026-01-01\u0000", end: "2999-01-01" }, "start"],
    [{ start: "2998-12-31", end: "2999-01-01" }, "end"],
  ] as const;
  for (const [data, field] of cases) {
    const fields = await expectFailure(await context.request.post(RANGE, { data }), 422, "invalid");
    expect(Object.keys(fields), JSON.stringify(data)).toEqual([field]);
  }
  await expectFailure(await context.request.post(RANGE), 422, "invalid");
});

test("who has no coding time of their own is told so", async ({ context, request }) => {
  const data = { start: "2026-01-01", end: "2026-01-02" };
  for (const path of [...TODAY_PATHS, RANGE]) {
    await expectFailure(await request.post(path, { data }), 401, "unauthenticated");
  }
  for (const email of ["admin@cohort.test", "instructor@cohort.test"]) {
    await signInAs(context, email);
    for (const path of [...TODAY_PATHS, RANGE]) {
      await expectFailure(await context.request.post(path, { data }), 403, "forbidden");
    }
  }
  await signInAs(context, (await newPerson("student")).email);
  for (const path of TODAY_PATHS) await expectFailure(await context.request.post(path), 409, "conflict");
  const answer = await context.request.post(RANGE, { data });
  expect(await answer.json()).toMatchObject({
    success: true,
    message: "2 days are missing. WakaTime is not connected.",
    data: { data: [], missing_dates: ["2026-01-01", "2026-01-02"], as_of: null },
  });
});

test("another site cannot ask in a student's name", async ({ context }) => {
  await signInAs(context, "student@cohort.test");
  const headers = { Origin: "https://elsewhere.test", "Sec-Fetch-Site": "cross-site" };
  for (const path of [...TODAY_PATHS, RANGE]) {
    await expectFailure(await context.request.post(path, { headers }), 403, "forbidden");
  }
});
