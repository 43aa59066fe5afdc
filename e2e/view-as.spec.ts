import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { LOOKING_ONLY } from "@/lib/errors";
import { PROJECT_ROOT } from "@/scripts/home/home";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { callAction, serverActions } from "./fixtures/server-actions";
import { newBatch } from "./fixtures/students";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";
import { newStudent } from "./fixtures/wakatime";

const banner = (page: Page) => page.getByRole("complementary", { name: "Viewing as a student" });

/** An admin of this journey's own, viewing as a student of its own, by the button on the student's page. */
async function viewing(context: BrowserContext, page: Page) {
  const admin = await newPerson("admin");
  const student = await newStudent();
  const { studentId } = await oneRow<{ studentId: number }>(
    (sql) => sql`
      with named as (update "user" set name = ${`Vera Viewed ${student.id}`} where id = ${student.id} returning id)
      select st.id as "studentId" from student st join named n on n.id = st.user_id`,
  );
  await signInAs(context, admin.email);
  await goTo(page, `/admin/students/${studentId}`);
  await page.getByRole("button", { name: "View as this student" }).click();
  await expect(page).toHaveURL("/portal");
  return { admin, student, studentId, name: `Vera Viewed ${student.id}` };
}

test("an admin sees what a student sees, on every page under a banner, until they end it", async ({
  context,
  page,
}) => {
  const { admin, student, studentId, name } = await viewing(context, page);
  await expect(banner(page)).toContainText(
    new RegExp(`^You see what ${name} sees, as Zoe Quill\\. Nothing can be changed\\. Ends at \\d\\d:\\d\\d`),
  );
  await expectAccessible(page);
  for (const path of ["/portal/wakatime", "/portal/profile", "/portal"]) {
    await page.goto(path);
    await expect(page).toHaveURL(path);
    await expect(banner(page)).toBeVisible();
  }
  for (const path of ["/admin", "/admin/audit", "/admin/settings", "/welcome", "/"]) {
    await page.goto(path);
    await expect(page, path).toHaveURL("/portal");
  }
  expect((await page.request.get("/api/v1/admin/stats")).status()).toBe(403);
  expect(await (await page.request.get("/api/users/me")).json()).toMatchObject({ id: student.id, role: "student" });

  await banner(page).getByRole("button", { name: /^End/ }).click();
  await expect(page).toHaveURL(`/admin/students/${studentId}`);
  await expect(banner(page)).toHaveCount(0);
  await page.goto("/portal");
  await expect(page).toHaveURL("/admin");
  const events = await withDatabase(
    ({ sql }) => sql`
      select action, acting_as, subject_id from audit_event where actor_user_id = ${admin.id} order by id`,
  );
  expect([...events]).toEqual([
    { action: "user.view-as", acting_as: student.id, subject_id: student.id },
    { action: "user.view-as-end", acting_as: student.id, subject_id: student.id },
  ]);
});

test("what is sent while viewing is refused with a reason, and the banner leaves by itself when the time is over", async ({
  context,
  page,
}) => {
  const { admin } = await viewing(context, page);
  await goTo(page, "/portal/profile");
  const send = page.getByRole("button", { name: "Mail me a link to confirm it" });
  await expect(send).toBeDisabled();
  await expect(page.getByLabel("Name", { exact: true })).toBeDisabled();
  // Whoever gets past that is refused all the same.
  await page.locator("main fieldset").evaluate((element) => element.removeAttribute("disabled"));
  await send.click();
  await expect(page.getByText(LOOKING_ONLY)).toBeVisible();
  await expectAccessible(page);
  await withDatabase(
    ({ sql }) => sql`update session set viewing_until = now() + interval '4 seconds' where user_id = ${admin.id}`,
  );
  await page.goto("/portal");
  await expect(banner(page)).toBeVisible();
  await expect(page).toHaveURL("/admin", { timeout: 15_000 });
  await expect(banner(page)).toHaveCount(0);
});

test("while viewing, what a student has is read, and no button offers to change it", async ({ context, page }) => {
  const { studentId } = await viewing(context, page);
  // No other journey looks at this batch.
  const batch = await newBatch();
  const pages: [path: string, shown: string][] = [
    ["/portal/goals", "of 3 h"],
    ["/portal/demos", "Viewed demo"],
    ["/portal/certificates", "Viewed certificate"],
    ["/portal/project", "Viewed project"],
    ["/portal/demo-sessions", "To come"],
  ];
  await withDatabase(async ({ sql }) => {
    await sql`insert into goal (student_id, slot, period, target_ms) values (${studentId}, 1, 'week', 10800000)`;
    await sql`insert into demo (student_id, title) values (${studentId}, 'Viewed demo')`;
    await sql`
      insert into certificate (student_id, name, issuer, date_issued)
      values (${studentId}, 'Viewed certificate', 'Elsewhere', current_date)`;
    await sql`
      with made as (
        insert into project (batch_id, name, start_date) values (${batch.id}, 'Viewed project', current_date) returning id
      ) insert into assignment (student_id, project_id) select ${studentId}, id from made`;
  });
  for (const [path, shown] of pages) {
    await page.goto(path);
    const main = page.getByRole("main");
    await expect(main.getByText(shown).first()).toBeVisible();
    const offers = main.getByRole("button", { name: /\b(add|set|change|edit|delete|sign up|join|withdraw|leave)\b/i });
    await expect(offers, path).toHaveCount(0);
  }
});

test("signing out while viewing ends the session itself", async ({ context, page }) => {
  await viewing(context, page);
  const cookie = await sessionCookieOf(context);
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect(banner(page)).toHaveCount(0);
  expect((await page.request.get("/api/users/me", { headers: { Cookie: cookie } })).status()).toBe(401);
});

/** Not the student's to change: they end or replace the session, which is the admin's own; or ask for no session. */
const ROUTES_OF_THE_SESSION = new Set(["POST /api/login", "POST /api/logout", "POST /api/unsubscribe"]);
const ACTIONS_OF_THE_SESSION = new Set(["app/sign-out.ts#signOutAction", "app/end-viewing.ts#endViewingAction"]);

/** `POST /api/wakatime/today` for each method that a route exports and that may write. */
function writingRoutes(): string[] {
  const root = join(PROJECT_ROOT, "app");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)route\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), "utf8");
      const path = `/${file
        .replace(/\/?route\.ts$/, "")
        .replaceAll(/\([^)]*\)\//g, "")
        .replaceAll(/\[[^\]]+\]/g, "1")}`;
      return [...text.matchAll(/export (?:const|async function|function) (POST|PUT|PATCH|DELETE)\b/g)].map(
        ([, method]) => `${method} ${path}`,
      );
    });
}

test("while viewing, every server action and every route that may write refuses, and nothing is written", async ({
  context,
  page,
}) => {
  test.setTimeout(120_000);
  const { admin, student } = await viewing(context, page);
  const actions = serverActions().filter(({ name }) => !ACTIONS_OF_THE_SESSION.has(name));
  expect(actions.length).toBeGreaterThan(20);
  const letThrough: string[] = [];
  for (const action of actions) {
    const answer = await callAction(context.request, action, {});
    if (answer.code !== "forbidden" || !answer.text.includes(LOOKING_ONLY)) {
      letThrough.push(`${action.name}: ${answer.status} ${answer.redirect} ${answer.text.slice(0, 200)}`);
    }
  }
  const routes = writingRoutes().filter((route) => !ROUTES_OF_THE_SESSION.has(route));
  expect(routes.length).toBeGreaterThan(5);
  for (const route of routes) {
    const [method = "", path = ""] = route.split(" ");
    const answer = await context.request.fetch(path, { method, data: {} });
    if (answer.status() !== 403) letThrough.push(`${route}: ${answer.status()}`);
  }
  expect(letThrough).toEqual([]);

  // GET routes that write or call out.
  expect((await context.request.get("/api/wakatime/authorize")).status()).toBe(403);
  for (const path of ["/api/wakatime/start", "/api/wakatime/callback?code=c&state=s"]) {
    const answer = await context.request.get(path, { maxRedirects: 0 });
    expect(answer.headers().location, path).toBe("/portal/wakatime");
  }
  const traces = await oneRow<Record<string, number>>(
    (sql) => sql`
      select (select count(*)::int from oauth_state where user_id in (${student.id}, ${admin.id})) as states,
        (select count(*)::int from connection where user_id = ${student.id}) as links,
        (select count(*)::int from outbox where user_id in (${student.id}, ${admin.id})) as notices,
        (select count(*)::int from audit_event where actor_user_id = ${student.id}) as events`,
  );
  expect(traces).toEqual({ states: 0, links: 0, notices: 0, events: 0 });
  await page.goto("/portal");
  await expect(banner(page)).toBeVisible();
});

test("an instructor cannot view as anybody: there is no button, and the action refuses", async ({ context, page }) => {
  const student = await newStudent();
  const { studentId } = await oneRow<{ studentId: number }>(
    (sql) => sql`select id as "studentId" from student where user_id = ${student.id}`,
  );
  const { email } = await newPerson("instructor");
  await signInAs(context, email);
  await page.goto(`/admin/students/${studentId}`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: "View as this student" })).toHaveCount(0);
  const start = serverActions().find(({ name }) => name.endsWith("#startViewingAction"));
  if (!start) throw new Error("the action is not in the build");
  const answer = await callAction(context.request, start, { userId: String(student.id) });
  expect(answer.code).toBe("forbidden");
  await page.goto("/portal");
  await expect(page).toHaveURL("/admin/today");
});
