import type { APIResponse } from "@playwright/test";
import { addDays } from "@/lib/dates";
import { newPerson, oneRow, setting, withDatabase } from "./fixtures/database";
import { newBatch, newStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const ROUTES = [
  "overview",
  "trends",
  "engagement",
  "coding-activity",
  "analytics/overview",
  "analytics/demos",
  "analytics/wakatime",
].map((name) => `/api/v1/admin/${name}`);

const HOUR_MS = 3_600_000;

/**
 * Ana coded for an hour on each of the three days before today, the first of them in Rust; Ben's link works and says
 * that he did not; of Cleo nothing is known; Dan is paused. Ana has a demo and two certificates, one of them revoked.
 */
async function knownBatch() {
  const batch = await newBatch();
  const [ana, ben] = [await newStudent(batch.id, "Ana Sum"), await newStudent(batch.id, "Ben Sum")];
  await newStudent(batch.id, "Cleo Sum");
  const dan = await newStudent(batch.id, "Dan Sum", "paused");
  const { today } = await oneRow<{ today: string }>(
    (sql) => sql`select (now() at time zone 'UTC')::date::text as today`,
  );
  const [first, second, third] = [addDays(today, -3), addDays(today, -2), addDays(today, -1)];
  await withDatabase(async ({ sql }) => {
    for (const [userId, day, ms] of [
      [ana.userId, first, HOUR_MS],
      [ana.userId, second, HOUR_MS],
      [ana.userId, third, HOUR_MS],
      [ben.userId, third, 0],
      [dan.userId, third, 9 * HOUR_MS],
    ] as const) {
      await sql`insert into daily_summary (user_id, date, total_ms, time_zone) values (${userId}, ${day}, ${ms}, 'UTC')`;
    }
    await sql`
      insert into coding_name (kind, name) values ('language', 'Rust') on conflict do nothing`;
    await sql`
      insert into daily_summary_item (summary_id, name_id, ms)
      select d.id, n.id, ${HOUR_MS} from daily_summary d, coding_name n
      where d.user_id = ${ana.userId} and d.date = ${first} and n.kind = 'language' and n.name = 'Rust'`;
    await sql`
      insert into connection (user_id, wakatime_uid, access_token_encrypted, refresh_token_encrypted, key_id, expires_at,
        last_synced_at)
      values (${ben.userId}, gen_random_uuid(), 'x', 'x', 'none', now() + interval '1 year', now())`;
    await sql`insert into demo (student_id, title, demo_date) values (${ana.id}, 'Quiz', ${today})`;
    await sql`
      insert into certificate (student_id, name, issuer, date_issued, issued_by, verify_code, revoked_at)
      values (${ana.id}, 'Rust', 'Academy', ${today}, null, null, null),
        (${ana.id}, 'Go', 'Academy', ${today}, ${ben.userId}, ${`code-${ana.id}`}, now())`;
    await sql`
      insert into risk_band (student_id, batch_id, state, points, signals, from_date, checked_at)
      values (${ben.id}, ${batch.id}, 'act', 5, '[]', ${today}, now())`;
  });
  return { batch, ana, ben, today, days: [first, second, third] };
}

test("the seven routes answer in v1's shapes, with one statement each", async ({ context }) => {
  const { batch, ana, ben, today, days } = await knownBatch();
  await signInAs(context, (await newPerson("instructor")).email);
  const get = async (route: string) => {
    const answer = await context.request.get(`/api/v1/admin/${route}?batch_id=${batch.id}`);
    expect(answer.status(), await answer.text()).toBe(200);
    expect(answer.headers()["server-timing"], route).toMatch(/desc="2 queries"$/);
    return answer.json();
  };
  const overview = {
    total_students: 3,
    total_certificates: 1,
    total_demos: 1,
    students_with_certificates: 1,
    students_with_demos: 1,
    avg_certificates_per_student: 1 / 3,
    avg_demos_per_student: 1 / 3,
  };
  expect(await get("overview")).toEqual(overview);
  expect(await get("analytics/overview")).toEqual(overview);

  const trends = await get("trends");
  expect(Object.keys(trends)).toEqual(["labels", "new_students", "certificates_issued", "demos_submitted"]);
  const month = today.slice(0, 7);
  expect([trends.labels.length, trends.labels.at(-1)]).toEqual([12, month]);
  expect([trends.certificates_issued.at(-1), trends.demos_submitted.at(-1)]).toEqual([1, 1]);
  // Forty days ago, whenever the batch began; whoever is paused now came too.
  const came = trends.labels.indexOf(addDays(today, -40).slice(0, 7));
  expect(trends.new_students[came]).toBe(4);
  expect((await get("analytics/demos")).at(-1)).toEqual({ month, demos_submitted: 1 });

  expect(await get("engagement")).toEqual({
    inactive_students_7d: 1,
    inactive_students_30d: 1,
    active_streaks: [{ student_id: ana.id, days: 3, since: days[0], last: days[2] }],
    at_risk_students: [ben.id],
  });

  // Old defect 16: hours are those of the user behind the student, whose ids differ.
  expect(ana.id).not.toBe(ana.userId);
  const { heatmap, ...activity } = await get("coding-activity");
  expect(activity).toEqual({
    total_coding_seconds: 10_800,
    per_student: { [ana.id]: 10_800, [ben.id]: 0 },
    per_language: { Rust: 3_600 },
    inactive_students: [ben.id],
  });
  for (const day of days) {
    const date = new Date(`${day}T00:00:00Z`);
    const monday = addDays(day, -((date.getUTCDay() + 6) % 7));
    expect(heatmap[date.getUTCDay()]).toEqual({ [monday]: 3_600 });
  }
  const wakatime = await get("analytics/wakatime");
  expect(wakatime.slice(-2)).toEqual([
    { date: days[2], total_seconds: 3_600, students_coding: 1, students_with_data: 2 },
    { date: today, total_seconds: null, students_coding: 0, students_with_data: 0 },
  ]);
});

async function expectFailure(answer: APIResponse, status: number, code: string): Promise<void> {
  const body = await answer.json();
  expect([answer.url(), answer.status()]).toEqual([answer.url(), status]);
  expect(body).toEqual({
    success: false,
    message: expect.stringMatching(/\w/),
    detail: body.message,
    error: { code, fields: expect.any(Object) },
  });
}

test("without a batch they answer for everybody; without the right, or with a batch that is none, they refuse", async ({
  browser,
  context,
  request,
}) => {
  await signInAs(context, "admin@cohort.test");
  const student = await browser.newContext({ baseURL: setting("E2E_URL") });
  await signInAs(student, "student@cohort.test");
  for (const route of ROUTES) {
    expect((await context.request.get(route)).status(), route).toBe(200);
    for (const batch of ["abc", "0", "1.5", ""]) {
      const answer = await context.request.get(`${route}?batch_id=${batch}`);
      await expectFailure(answer, 422, "invalid");
    }
    await expectFailure(await context.request.get(`${route}?batch_id=2147483000`), 404, "not_found");
    await expectFailure(await student.request.get(route), 403, "forbidden");
    await expectFailure(await request.get(route), 401, "unauthenticated");
  }
  await student.close();
});
