import { readFileSync } from "node:fs";
import { join } from "node:path";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, setting, withDatabase } from "./fixtures/database";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";

const CHECKS = 24;

/** How many requests of a route all processes have counted. */
const countOf = (text: string, route: string): number =>
  text
    .split("\n")
    .filter((line) => line.startsWith(`cohort_http_request_duration_seconds_count{method="GET",route="${route}"`))
    .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);

test("an admin sees routes, statements with their plans, and starts a job; the metrics add up over the processes", async ({
  context,
  page,
  request,
}) => {
  const { id, email } = await newPerson("admin");
  await signInAs(context, email);
  const Cookie = await sessionCookieOf(context);
  const metrics = async () => (await request.get("/metrics", { headers: { Cookie } })).text();
  const before = countOf(await metrics(), "/readyz");
  // On connections of their own, so that every process gets some.
  await Promise.all(Array.from({ length: CHECKS }, () => request.get("/readyz")));
  const text = await metrics();
  expect(countOf(text, "/readyz") - before).toBeGreaterThanOrEqual(CHECKS);
  expect(text).toContain("cohort_database_up 1");
  expect(text).toMatch(/^cohort_jobs\{job="outbox-send",state="waiting"\} \d+$/m);
  const performance = await (await request.get("/metrics/performance", { headers: { Cookie } })).json();
  expect(performance).toEqual({
    database: {
      ...{ active_connections: expect.any(Number), pool_size: expect.any(Number) },
      ...{ pool_utilization: expect.any(Number), avg_query_time: expect.any(Number) },
      slow_queries: expect.any(Number),
    },
    memory: {
      ...{ current_usage: expect.any(Number), peak_usage: expect.any(Number) },
      ...{ gc_collections: expect.any(Number), gc_per_minute: expect.any(Number) },
      event_loop_delay: expect.any(Number),
    },
    response_times: { dashboard: expect.anything(), user_listing: expect.anything(), wakatime: expect.anything() },
  });

  await goTo(page, "/admin/operations");
  const routes = page.getByRole("table", { name: "Routes" });
  await expect(routes.getByRole("rowheader", { name: "GET /readyz", exact: true })).toBeVisible();
  const statements = page.getByRole("table", { name: "Slowest statements" });
  await statements.getByRole("button", { name: "Plan of" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Ask for the plan" }).click();
  await expect(page.getByRole("dialog").getByText(/\(cost=/)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();

  await page
    .getByRole("row", { name: /^outbox-send/ })
    .getByRole("button", { name: "Run now" })
    .click();
  await expect(page.getByText("asked for")).toBeVisible();
  const { at } = await oneRow<{ at: Date }>(
    (sql) => sql`select at from audit_event where action = 'job.run' and actor_user_id = ${id}`,
  );
  await expect
    .poll(async () => {
      const { done } = await oneRow<{ done: number }>(
        (sql) => sql`
          select count(*)::int as done from pgboss.job
          where name = 'outbox-send' and starts_with(singleton_key, 'manual:') and state = 'completed' and created_on >= ${at}`,
      );
      return done;
    })
    .toBeGreaterThan(0);
  await expectAccessible(page);
});

test("a page that fails is told with the id under which the log has it", async ({ context, page, expectedFaults }) => {
  // The answer, and React's word for "an error in a server component".
  expectedFaults.push(/500/, /React error #441/);
  const { id, email } = await newPerson("instructor");
  await signInAs(context, email);
  await withDatabase(({ sql }) => sql`update "user" set list_choices = 'null' where id = ${id}`);
  const answer = await page.goto("/admin");
  expect(answer?.status()).toBe(500);
  const shown = await page.getByRole("alert").locator("code").textContent();
  expect(shown).toBe(answer?.headers()["x-request-id"]);
  const lines = readFileSync(join(setting("E2E_HOME"), "output.log"), "utf8").split("\n");
  const told = lines.filter((line) => line.includes(shown ?? "?") && line.includes("unexpected error"));
  expect(told).toHaveLength(1);
  expect(JSON.parse(told[0] ?? "{}")).toMatchObject({ id: shown, request: shown, msg: "unexpected error" });
});
