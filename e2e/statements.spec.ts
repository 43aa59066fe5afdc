import { globSync } from "node:fs";
import { dirname } from "node:path";
import type { APIRequestContext } from "@playwright/test";
import { oneRow, withDatabase } from "./fixtures/database";
import { withSyncIds } from "./fixtures/sync-ids";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";

const PAGES = [
  "/admin",
  "/admin/today",
  "/admin/audit?subject=sync_run",
  "/admin/settings",
  "/admin/operations",
  "/api/command?q=an",
  "/admin/users?role=student&q=ann",
  "/admin/demo-sessions",
  "/admin/batches",
  "/admin/students?status=all",
  "/admin/certificates",
  "/admin/early-warning",
  "/admin/analytics",
  "/admin/analytics?list=students",
  "/admin/analytics?tab=trends",
  "/admin/analytics?tab=participation",
  "/admin/analytics?tab=coding",
  "/admin/analytics?tab=coding&by=language",
  "/admin/analytics?tab=heat-map",
  "/admin/analytics?tab=inactive",
  "/admin/analytics?tab=compare",
  "/admin/projects",
  "/admin/sync",
  "/admin/sync/students",
  "/admin/sync/students?run={run}&outcome=unavailable&reason=",
  "/admin/sync/students/{student}",
  "/admin/sync/{run}",
  "/api/sync-runs/{run}",
  "/portal?period=batch&tab=projects",
  "/portal/demo-sessions",
  "/portal/wakatime",
  "/portal/demos",
  "/portal/goals",
  "/portal/certificates",
  "/portal/project",
  "/portal/profile",
  "/portal/notifications",
  "/portal/privacy",
];

/** Whose page it is. */
const readerOf = (page: string) => (page.startsWith("/portal") ? "student@cohort.test" : "admin@cohort.test");

const get = (request: APIRequestContext, path: string, cookie: string) =>
  request.get(path, { headers: { Cookie: cookie }, maxRedirects: 0 });

for (const page of [...PAGES, "/admin/users?role=student&q=ann&page=2", "/admin/users?sort=-week"]) {
  test(`${page} tells its time and needs one statement beside the session's`, async ({ context, request }) => {
    const path = await withSyncIds(page);
    await signInAs(context, readerOf(page));
    const answer = await get(request, path, await sessionCookieOf(context));
    // A second page that nobody fills leads back to the first; nothing else may lead away, which costs no statement.
    expect(page.includes("page=2") ? [200, 307] : [200]).toContain(answer.status());
    expect(Number(answer.headers()["x-process-time"])).toBeGreaterThan(0);
    expect(answer.headers()["server-timing"]).toMatch(/^db;dur=[\d.]+;desc="(1 query|2 queries)"$/);
  });
}

test("an API answer for staff needs two statements too, an anonymous page none", async ({ context, request }) => {
  await signInAs(context, "admin@cohort.test");
  const cookie = await sessionCookieOf(context);
  for (const path of ["/api/v1/admin/dashboard", "/api/v1/admin/users?page=2&page_size=5", "/api/users/me"]) {
    const answer = await get(request, path, cookie);
    expect(answer.status(), path).toBe(200);
    expect(answer.headers()["server-timing"], path).toMatch(/desc="(1 query|2 queries)"$/);
  }
  expect((await request.get("/login")).headers()["server-timing"]).toMatch(/desc="0 queries"$/);
});

for (const page of PAGES) {
  test(`pg_stat_statements counts exactly one data statement for ${page}`, async ({ context, request }) => {
    const path = await withSyncIds(page);
    await signInAs(context, readerOf(page));
    const cookie = await sessionCookieOf(context);
    await get(request, path, cookie); // A first visit may still load what is not the page's.
    await withDatabase(async ({ sql }) => {
      await sql`create extension if not exists pg_stat_statements`;
      // Other journeys and the worker use the same database: measured again until only this page was at work.
      await expect(async () => {
        // Everything has changed: no answer is one that was kept.
        await sql`insert into data_change (tag) select unnest(enum_range(null::data_tag))`;
        await sql`select pg_stat_statements_reset()`;
        expect((await get(request, path, cookie)).status()).toBe(200);
        const sent = await sql<{ query: string; calls: number }[]>`
          select query, calls::int from pg_stat_statements
          where dbid = (select oid from pg_database where datname = current_database())
            and query not ilike '%pg_stat_statements%'
            -- The queue's own; the page of operations looks at both.
            and (query not ilike '%pgboss%' or query ilike '%data_change%')`;
        const ofSession = sent.filter(({ query }) => query.includes("s.token_hash ="));
        const ofData = sent.filter(({ query }) => !query.includes("s.token_hash ="));
        expect(ofSession.map(({ calls }) => calls)).toEqual([1]);
        expect(ofData.map(({ calls }) => calls)).toEqual([1]);
        expect(ofData[0]?.query).toMatch(/^\s*(with|select)/i);
      }).toPass({ timeout: 30_000, intervals: [100] });
    });
  });
}

/** Every other page, by its route: the address, who opens it (null: nobody) and how many statements it may send in all. */
const OTHERS: Record<string, [path: string, reader: string | null, statements: number]> = {
  "/": ["/", null, 0],
  "/account": ["/account", "admin@cohort.test", 3],
  "/account/notifications": ["/account/notifications", "admin@cohort.test", 2],
  "/admin/analytics/print": ["/admin/analytics/print", "admin@cohort.test", 2],
  "/admin/batches/[batchId]": ["/admin/batches/{batch}", "admin@cohort.test", 3],
  "/admin/batches/new": ["/admin/batches/new", "admin@cohort.test", 2],
  "/admin/certificates/issue": ["/admin/certificates/issue", "admin@cohort.test", 2],
  "/admin/certificates/new": ["/admin/certificates/new", "admin@cohort.test", 2],
  "/admin/demo-sessions/[sessionId]": ["/admin/demo-sessions/{session}", "admin@cohort.test", 2],
  "/admin/demo-sessions/[sessionId]/run": ["/admin/demo-sessions/{session}/run", "admin@cohort.test", 2],
  "/admin/demo-sessions/[sessionId]/sheet": ["/admin/demo-sessions/{session}/sheet", "admin@cohort.test", 2],
  "/admin/demo-sessions/bulk": ["/admin/demo-sessions/bulk", "admin@cohort.test", 2],
  "/admin/demo-sessions/new": ["/admin/demo-sessions/new", "admin@cohort.test", 2],
  "/admin/demo-sessions/rule": ["/admin/demo-sessions/rule", "admin@cohort.test", 3],
  "/admin/import": ["/admin/import", "admin@cohort.test", 2],
  "/admin/mail": ["/admin/mail", "admin@cohort.test", 2],
  "/admin/mail/[id]": ["/admin/mail/{mail}", "admin@cohort.test", 3],
  "/admin/projects/[projectId]": ["/admin/projects/{project}", "admin@cohort.test", 2],
  "/admin/projects/new": ["/admin/projects/new", "admin@cohort.test", 2],
  "/admin/students/[studentId]": ["/admin/students/{student}", "admin@cohort.test", 3],
  "/admin/students/[studentId]/report": ["/admin/students/{student}/report", "admin@cohort.test", 2],
  "/docs/[page]": ["/docs/coding-time", "admin@cohort.test", 1],
  "/forgot-password": ["/forgot-password", null, 0],
  "/invite": ["/invite", null, 0],
  "/login": ["/login", null, 0],
  "/notifications": ["/notifications", "admin@cohort.test", 1],
  "/reset-password": ["/reset-password", null, 0],
  "/setup": ["/setup", null, 1],
  "/signup": ["/signup", null, 0],
  "/signup/student": ["/signup/student", null, 0],
  "/unsubscribe": ["/unsubscribe", null, 0],
  "/verify-email": ["/verify-email", null, 0],
  "/verify/[code]": ["/verify/{certificate}", null, 2],
  "/welcome": ["/welcome", "admin@cohort.test", 1],
};

/** The routes of `app/`, without the folders that are no part of an address. */
const routes = (): string[] =>
  globSync("app/**/page.tsx").map((file) => `/${dirname(file).split("/").slice(1).filter(isInAddress).join("/")}`);
const isInAddress = (folder: string) => !folder.startsWith("(");
const isListed = (route: string) => {
  const pattern = new RegExp(`^${route.replace(/\[\w+\]/g, "[^/]+")}$`);
  return route in OTHERS || PAGES.some((page) => pattern.test(page.split("?")[0] ?? ""));
};

test("every page of app/ is counted here, and the others send as few statements as they are allowed", async ({
  context,
  request,
}) => {
  expect(routes().filter((route) => !isListed(route))).toEqual([]);
  expect(Object.keys(OTHERS).filter((route) => !routes().includes(route))).toEqual([]);
  await signInAs(context, "admin@cohort.test");
  const cookie = await sessionCookieOf(context);
  const ids = await oneRow<Record<string, string | number>>(
    (sql) => sql`
      select u.student_id as student, u.shown_batch_id as batch, (select max(id) from project) as project,
        (select max(id) from demo_session where not is_cancelled) as session,
        (select max(verify_code) from certificate) as certificate, (select max(id) from outbox) as mail
      from "user" u where u.email = 'student@cohort.test'`,
  );
  for (const [path, reader, statements] of Object.values(OTHERS)) {
    const address = path.replace(/\{(\w+)\}/g, (_, name: string) => String(ids[name]));
    const answer = await request.get(address, { headers: reader ? { Cookie: cookie } : {}, maxRedirects: 0 });
    expect(answer.status(), address).toBeLessThan(400);
    const sent = /desc="(\d+) quer/.exec(answer.headers()["server-timing"] ?? "")?.[1];
    expect(Number(sent), address).toBeLessThanOrEqual(statements);
  }
});
