import type { APIRequestContext, APIResponse, Browser } from "@playwright/test";
import { addDays } from "@/lib/dates";
import { newPerson, oneRow, setting, withDatabase } from "./fixtures/database";
import { newBatch, newStudent, type OwnStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const taken: string[] = [];

/** The first of seven days that nobody else's session is on. */
function freeDays(): string {
  const day = addDays("2160-01-01", 7 * Math.floor(Math.random() * 1_800));
  taken.push(day);
  return day;
}

// Every student is shown every session to come: none is left behind.
test.afterEach(() =>
  withDatabase(async ({ sql }) => {
    for (const day of taken.splice(0)) {
      await sql`delete from demo_session where session_date between ${day} and ${addDays(day, 6)}`;
    }
  }),
);

async function requestsOf(browser: Browser, email: string): Promise<APIRequestContext> {
  const context = await browser.newContext({ baseURL: setting("E2E_URL") });
  await signInAs(context, email);
  return context.request;
}

async function expectRefused(answer: APIResponse, status: number, says: RegExp): Promise<void> {
  const body = await answer.json();
  expect([answer.status(), body.message]).toEqual([status, expect.stringMatching(says)]);
  expect(body).toMatchObject({ success: false, detail: body.message });
}

async function expectAnswer<T = Record<string, unknown>>(answer: APIResponse): Promise<T> {
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

type Signup = { id: number; status: string; waiting_place: number | null };

const newSession = (admin: APIRequestContext, data: Record<string, unknown>) =>
  admin.post("/api/v1/admin/demo-sessions", { data }).then((answer) => expectAnswer<{ id: number }>(answer));

const signUp = (student: APIRequestContext, sessionId: number, data: Record<string, unknown> = {}) =>
  student.post(`/api/demo-sessions/${sessionId}/signup`, { data });

const newDemo = (student: OwnStudent) =>
  oneRow<{ id: number }>(
    (sql) =>
      sql`insert into demo (student_id, title, demo_date) values (${student.id}, 'Quiz', '2026-05-01') returning id`,
  );

test("a student signs up, waits, changes, withdraws and comes again", async ({ browser }) => {
  const batch = await newBatch();
  const [ana, ben] = [await newStudent(batch.id, "Ana Api"), await newStudent(batch.id, "Ben Api")];
  const admin = await requestsOf(browser, (await newPerson("admin")).email);
  const [asAna, asBen] = [await requestsOf(browser, ana.email), await requestsOf(browser, ben.email)];
  const zoom = "https://zoom.us/j/5";
  const session = await newSession(admin, {
    session_date: freeDays(),
    max_scheduled: 1,
    time_zone: "Europe/Lisbon",
    zoom_link: zoom,
  });
  const [anasDemo, bensDemo] = [await newDemo(ana), await newDemo(ben)];

  await expectRefused(await signUp(asAna, session.id, { demo_id: bensDemo.id }), 422, /demo/);
  const hers = await expectAnswer<Signup>(
    await signUp(asAna, session.id, { demo_id: anasDemo.id, signup_notes: "HDMI" }),
  );
  expect(hers).toMatchObject({
    session_id: session.id,
    student_id: ana.id,
    status: "scheduled",
    did_present: null,
    signup_notes: "HDMI",
    waiting_place: null,
    student: { id: ana.id, user_id: ana.userId, name: "Ana Api", email: ana.email },
    demo: { id: anasDemo.id, title: "Quiz", date: "2026-05-01" },
  });
  await expectRefused(await signUp(asAna, session.id), 409, /already/);
  const his = await expectAnswer<Signup>(await signUp(asBen, session.id));
  expect(his).toMatchObject({ status: "waitlisted", waiting_place: 1 });

  // Old defect 12: everybody sees it, whoever signed up, with its time and link.
  const list = await expectAnswer<Record<string, unknown>[]>(await asBen.get("/api/demo-sessions"));
  expect(list.find(({ id }) => id === session.id)).toMatchObject({
    title: "Friday Demo Session",
    max_scheduled: 1,
    signup_count: 1,
    user_scheduled: false,
    user_signed_up: true,
    state: "full",
    session_time: "15:00:00",
    time_zone: "Europe/Lisbon",
    zoom_link: zoom,
  });

  const change = (data: Record<string, unknown>) => asAna.put(`/api/demo-signups/${hers.id}`, { data });
  expect(await expectAnswer(await change({ signup_notes: "No cable" }))).toMatchObject({
    signup_notes: "No cable",
    demo_id: anasDemo.id,
  });
  expect(await expectAnswer(await change({ demo_id: null }))).toMatchObject({ signup_notes: "No cable", demo: null });
  await expectRefused(await change({ version: 1 }), 409, /while you were editing/);
  await expectRefused(await asBen.put(`/api/demo-signups/${hers.id}`, { data: {} }), 404, /no such/);
  await expectRefused(await asBen.delete(`/api/demo-signups/${hers.id}`), 404, /no such/);

  expect((await asAna.delete(`/api/demo-signups/${hers.id}`)).status()).toBe(204);
  const own = async (student: APIRequestContext) =>
    (await expectAnswer<Signup[]>(await student.get("/api/students/me/demo-signups"))).map(({ id, status }) => ({
      id,
      status,
    }));
  expect(await own(asAna)).toEqual([{ id: hers.id, status: "cancelled" }]);
  expect(await own(asBen)).toEqual([{ id: his.id, status: "scheduled" }]);
  const again = await expectAnswer<Signup>(await signUp(asAna, session.id));
  expect(again).toMatchObject({ id: hers.id, status: "waitlisted", waiting_place: 1 });
});

test("nobody signs up for what is over, closed or cancelled, and whoever presented stays", async ({ browser }) => {
  const batch = await newBatch();
  const student = await newStudent(batch.id, "Cleo Api");
  const admin = await requestsOf(browser, (await newPerson("admin")).email);
  const asStudent = await requestsOf(browser, student.email);
  const day = freeDays();
  const [open, closed, cancelled] = [
    await newSession(admin, { session_date: day }),
    await newSession(admin, { session_date: addDays(day, 1), is_active: false }),
    await newSession(admin, { session_date: addDays(day, 2) }),
  ];
  const over = await oneRow<{ id: number }>(
    (sql) => sql`
      insert into demo_session (session_date, time_zone, is_cancelled) values (current_date - 2, 'UTC', false)
      on conflict (session_date) where not is_cancelled do update set version = demo_session.version returning id`,
  );
  const cancel = await admin.put(`/api/v1/admin/demo-sessions/${cancelled.id}`, { data: { is_cancelled: true } });
  expect(await expectAnswer(cancel)).toMatchObject({ is_cancelled: true });
  await expectRefused(await signUp(asStudent, over.id), 409, /begun/);
  await expectRefused(await signUp(asStudent, closed.id), 409, /closed/);
  await expectRefused(await signUp(asStudent, cancelled.id), 409, /cancelled/);
  await expectRefused(await signUp(asStudent, 2_147_483_000), 404, /no such/i);

  const { id } = await expectAnswer<Signup>(await signUp(asStudent, open.id));
  const mark = (data: Record<string, unknown>) => admin.put(`/api/v1/admin/demo-signups/${id}/admin`, { data });
  await expectRefused(await mark({ status: "banana" }), 422, /status/);
  await expectRefused(await mark({ presentation_rating: 6 }), 422, /presentation_rating/);
  await expectRefused(await mark({ status: "no_show", did_present: true }), 422, /did_present/);
  const marked = await mark({ did_present: true, presentation_rating: 4, presentation_notes: "Clear and calm" });
  const feedback = {
    status: "presented",
    did_present: true,
    presentation_rating: 4,
    presentation_notes: "Clear and calm",
  };
  expect(await expectAnswer(marked)).toMatchObject(feedback);
  // v1 let people take back what they had presented.
  await expectRefused(
    await asStudent.put(`/api/demo-signups/${id}`, { data: { signup_notes: "x" } }),
    409,
    /presented/,
  );
  await expectRefused(await asStudent.delete(`/api/demo-signups/${id}`), 409, /presented/);
  expect(await expectAnswer(await asStudent.get("/api/students/me/demo-signups"))).toMatchObject([feedback]);
  expect(await expectAnswer(await mark({ did_present: false }))).toMatchObject({
    status: "no_show",
    presentation_rating: null,
  });
});

test("staff create, read, change, cancel and delete sessions, and none is lost without a choice", async ({
  browser,
}) => {
  const batch = await newBatch();
  const students = [await newStudent(batch.id, "Dan Api"), await newStudent(batch.id, "Eve Api")];
  const colleague = await requestsOf(browser, (await newPerson("instructor")).email);
  const day = freeDays();
  const session = await newSession(colleague, {
    session_date: day,
    max_scheduled: 2,
    zoom_link: "https://zoom.us/j/6",
  });
  const target = await newSession(colleague, { session_date: addDays(day, 1) });
  const path = `/api/v1/admin/demo-sessions/${session.id}`;
  await expectRefused(
    await colleague.post("/api/v1/admin/demo-sessions", { data: { session_date: day } }),
    409,
    new RegExp(day),
  );
  for (const student of students) {
    await expectAnswer(await signUp(await requestsOf(browser, student.email), session.id));
  }

  // The old API failed as soon as there was one sign-up; and an instructor sees addresses of own students only.
  expect(await expectAnswer(await colleague.get(path))).toMatchObject({
    signup_count: 2,
    signups: [{ student: { name: "Dan Api", email: null } }, { student: { name: "Eve Api" } }],
  });
  expect(await expectAnswer<Signup[]>(await colleague.get(`${path}/signups`))).toHaveLength(2);
  const change = (data: Record<string, unknown>) => colleague.put(path, { data });
  expect(await expectAnswer(await change({ title: "Show and tell", zoom_link: null }))).toMatchObject({
    title: "Show and tell",
    zoom_link: null,
    max_scheduled: 2,
    session_time: "15:00:00",
    signup_count: 2,
  });
  await expectRefused(await change({ session_date: addDays(day, 1) }), 409, /./);
  const lowered = await change({ max_scheduled: 1 });
  expect(lowered.status()).toBeGreaterThanOrEqual(400);
  expect(lowered.status()).toBeLessThan(500);
  expect((await lowered.json()).error.fields).toHaveProperty("overflow");
  expect(await expectAnswer(await change({ max_scheduled: 1, overflow: "wait" }))).toMatchObject({
    signup_count: 1,
    waiting_count: 1,
  });
  expect(await expectAnswer(await change({ max_scheduled: null }))).toMatchObject({
    max_scheduled: null,
    signup_count: 2,
  });
  expect(await expectAnswer(await change({ is_cancelled: true, title: "Off", cancel_reason: "Snow" }))).toMatchObject({
    is_cancelled: true,
    title: "Off",
    cancel_reason: "Snow",
    signup_count: 2,
  });
  expect(await expectAnswer(await change({ is_cancelled: false }))).toMatchObject({ is_cancelled: false });
  const listed = await expectAnswer<{ id: number; signups: [] }[]>(await colleague.get("/api/v1/admin/demo-sessions"));
  expect(listed.find(({ id }) => id === session.id)).toMatchObject({ signup_count: 2, signups: [] });

  // Old defect 14: not an error, and nothing deleted unasked.
  await expectRefused(await colleague.delete(path), 409, /2 sign-ups.*signups=delete.*signups=move/);
  expect((await colleague.delete(`${path}?signups=move&target_id=${target.id}`)).status()).toBe(204);
  expect((await colleague.get(path)).status()).toBe(404);
  const moved = await expectAnswer(await colleague.get(`/api/v1/admin/demo-sessions/${target.id}`));
  expect(moved).toMatchObject({ signup_count: 2 });
  expect((await colleague.delete(`/api/v1/admin/demo-sessions/${target.id}?signups=delete`)).status()).toBe(204);
});

test("many sessions are created together or not at all, and every clash is named", async ({ browser }) => {
  const admin = await requestsOf(browser, (await newPerson("admin")).email);
  const first = freeDays();
  const [a, b, c, d] = [first, addDays(first, 1), addDays(first, 2), addDays(first, 3)];
  const create = (dates: string[]) =>
    admin.post("/api/v1/admin/demo-sessions/bulk-create", {
      data: dates.map((session_date) => ({ session_date, title: `Bulk ${session_date}` })),
    });
  const countNow = () =>
    oneRow<{ n: number }>(
      (sql) => sql`select count(*)::int as n from demo_session where session_date between ${a} and ${d}`,
    );
  await newSession(admin, { session_date: b });
  await newSession(admin, { session_date: d });
  await expectRefused(await create([a, b, c, d]), 409, new RegExp(`${b}, ${d}`));
  await expectRefused(await create([a, c, c]), 409, new RegExp(c));
  expect(await countNow()).toEqual({ n: 2 });
  expect(await expectAnswer(await create([c, a]))).toMatchObject([
    { session_date: c, title: `Bulk ${c}` },
    { session_date: a, title: `Bulk ${a}` },
  ]);
  expect(await countNow()).toEqual({ n: 4 });
});
