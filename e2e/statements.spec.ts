import type { APIRequestContext } from "@playwright/test";
import { withDatabase } from "./fixtures/database";
import { withSyncIds } from "./fixtures/sync-ids";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";

const PAGES = [
  "/admin",
  "/admin/today",
  "/admin/audit?subject=sync_run",
  "/admin/settings",
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
        await sql`select pg_stat_statements_reset()`;
        expect((await get(request, path, cookie)).status()).toBe(200);
        const sent = await sql<{ query: string; calls: number }[]>`
          select query, calls::int from pg_stat_statements
          where dbid = (select oid from pg_database where datname = current_database())
            and query not ilike '%pg_stat_statements%' and query not ilike '%pgboss%'`;
        const ofSession = sent.filter(({ query }) => query.includes("s.token_hash ="));
        const ofData = sent.filter(({ query }) => !query.includes("s.token_hash ="));
        expect(ofSession.map(({ calls }) => calls)).toEqual([1]);
        expect(ofData.map(({ calls }) => calls)).toEqual([1]);
        expect(ofData[0]?.query).toMatch(/^\s*(with|select)/i);
      }).toPass({ timeout: 30_000, intervals: [100] });
    });
  });
}
