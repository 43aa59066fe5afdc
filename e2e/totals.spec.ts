import type { APIRequestContext } from "@playwright/test";
import { oneRow } from "./fixtures/database";
import { expect, signIns, test } from "./fixtures/test";

type Totals = Record<string, number>;

/** By statements of the test's own, not the product's. A deleted account is nobody any more. */
const countedBySql = () =>
  oneRow<Totals>(
    (sql) => sql`
      with person as (select role from "user" where anonymised_at is null)
      select (select count(*)::int from person) as total_users,
        (select count(*)::int from person where role = 'student') as total_students,
        (select count(*)::int from person where role = 'instructor') as total_instructors,
        (select count(*)::int from person where role = 'admin') as total_admins,
        (select count(*)::int from batch where archived_at is null
          and start_date <= (now() at time zone time_zone)::date
          and end_date >= (now() at time zone time_zone)::date) as active_batches,
        (select count(*)::int from certificate) as total_certificates,
        (select count(*)::int from demo) as total_demos,
        (select count(distinct user_id)::int from connection) as users_with_wakatime`,
  );

const V1_NAMES: Record<string, string> = {
  users: "total_users",
  students: "total_students",
  instructors: "total_instructors",
  admins: "total_admins",
  activeBatches: "active_batches",
  certificates: "total_certificates",
  demos: "total_demos",
  usersWithWakatime: "users_with_wakatime",
};

async function shownOnPage(request: APIRequestContext): Promise<Totals> {
  const answer = await request.get("/admin", { maxRedirects: 0 });
  expect(answer.status()).toBe(200);
  const shown = [...(await answer.text()).matchAll(/data-total="(\w+)"[^>]*>([\d,]+)</g)];
  return Object.fromEntries(shown.map(([, key = "", value = ""]) => [V1_NAMES[key], Number(value.replace(/,/g, ""))]));
}

test("the printed admin gets the same eight totals from the page, the API and SQL", async ({ request }) => {
  const email = "admin@cohort.test";
  const signedIn = await request.post("/api/login", { data: { email, password: signIns()[email] } });
  expect(signedIn.status()).toBe(200);
  expect(await signedIn.json()).toMatchObject({ success: true, data: { user: { email, role: "admin" } } });

  // Other journeys sign people up meanwhile: the three are compared again until nobody came in between.
  await expect(async () => {
    const counted = await countedBySql();
    const shown = await shownOnPage(request);
    const dashboard = await request.get("/api/v1/admin/dashboard");
    expect(dashboard.status()).toBe(200);
    const stats = await request.get("/api/v1/admin/stats");
    expect(Object.keys(shown)).toHaveLength(8);
    expect(shown).toEqual(counted);
    expect((await dashboard.json()).data.stats).toEqual(counted);
    expect((await stats.json()).data).toEqual(counted);
  }).toPass({ timeout: 20_000 });
});
