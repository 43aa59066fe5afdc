import type { Page } from "@playwright/test";
import { storeRiskBands } from "@/db/mutations/risk-bands";
import { getRiskFacts, getRiskPlan } from "@/db/queries/risk-facts";
import { assessBatch } from "@/lib/analytics/early-warning";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { type Class, newClass } from "./fixtures/class";
import { withDatabase } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

const panel = (page: Page, title: string) =>
  page.locator("section", { has: page.getByRole("heading", { name: title, exact: true }) });

/** A class in which Ada coded an hour a day and then stopped a week ago, and was on track until today's check. */
async function checkedClass(): Promise<Class> {
  const school = await newClass(["Ada", "Bo"]);
  const [ada] = school.students;
  await withDatabase(async ({ db, sql }) => {
    await sql`
      insert into connection (user_id, wakatime_uid, access_token_encrypted, refresh_token_encrypted, key_id, expires_at,
        last_synced_at, created_at)
      select user_id, gen_random_uuid(), 'x', 'x', 'none', now() + interval '1 year', now(), now() - interval '60 days' from student where id = ${ada ?? 0}`;
    await sql`
      insert into daily_summary (user_id, date, total_ms, time_zone)
      select st.user_id, day::date, case when day::date < current_date - 7 then 3600000 else 0 end, 'UTC'
      from student st, generate_series(current_date - 40, current_date, interval '1 day') day where st.id = ${ada ?? 0}`;
    const checkedAt = new Date();
    const { today, thresholds, thresholdsVersion } = await getRiskPlan(db, checkedAt);
    await sql`
      insert into risk_band (student_id, batch_id, state, points, signals, from_date, checked_at)
      values (${ada ?? 0}, ${school.batchId}, 'on_track', 0, '[]', ${today}::date - 9, now())`;
    const { students, calendar } = await getRiskFacts(db, school.batchId, thresholds, checkedAt, STALE_AFTER_HOURS);
    const found = assessBatch(students, calendar, thresholds);
    await storeRiskBands(db, { batchId: school.batchId, today, checkedAt }, found);
    await sql`
      insert into setting (key, value) values ('early_warning_checked', jsonb_build_object('on', ${today}::text, 'thresholdsVersion', ${thresholdsVersion}::int))
      on conflict (key) do update set value = excluded.value`;
  });
  return school;
}

test("an instructor is told who stands worse, sees every fact, answers, and takes it back", async ({
  context,
  page,
}) => {
  const { teacher, mark, students } = await checkedClass();
  const ada = `${mark} Ada`;
  await signInAs(context, teacher);
  await page.goto("/admin/today");
  const news = panel(page, "Needs attention");
  await expect(news.getByRole("listitem")).toHaveText([new RegExp(`${ada}.*on track → act.*Quiet: \\d working days`)]);
  await news.getByRole("link", { name: ada }).click();

  const facts = page.getByRole("complementary", { name: ada });
  await expect(facts.getByText("Quiet", { exact: true })).toBeVisible();
  await expect(facts).toContainText("from 3 on");
  await expect(facts).toContainText("0 % of their own usual week");
  await expect(facts).toContainText("too few students of the batch are known");
  await facts.getByRole("button", { name: "Answer", exact: true }).click();
  const form = page.getByRole("dialog", { name: "What was done about it?" });
  await form.getByRole("button", { name: "Save the answer" }).click();
  await expect(form.getByLabel("Reason")).toBeFocused();
  await form.getByLabel("Snooze").check();
  await form.getByLabel("Reason").fill("At a funeral until Monday.");
  await form.getByRole("button", { name: "Save the answer" }).click();
  await expect(form).toBeHidden();
  await expect(facts.getByRole("region", { name: "Answer" })).toContainText(
    /snoozed until .*At a funeral until Monday/,
  );

  await page.goto("/admin/today");
  await expect(news).toContainText("Nobody stands worse than a week ago without an answer.");
  await news.getByRole("link", { name: "1 to act on" }).click();
  await expect(page.getByRole("row", { name: new RegExp(ada) })).toContainText("snoozed until");
  await page.getByRole("link", { name: ada }).click();
  await facts.getByRole("button", { name: "Take it back" }).click();
  await expect(facts.getByRole("region", { name: "Answer" })).toBeHidden();

  await page.goto(`/admin/students/${students[0]}`);
  await expect(panel(page, "Early warning")).toContainText(/act.*Quiet/s);
  // Of somebody of whom nothing is known, no good is said either.
  await page.goto(`/admin/early-warning?state=all&q=${mark}`);
  await expect(page.getByRole("row", { name: new RegExp(`${mark} Bo`) })).toContainText("no data");
  await expectAccessible(page);
});

test("an instructor of another batch reads it and cannot answer; the address holds filters and panel", async ({
  context,
  page,
}) => {
  const { mark, students } = await checkedClass();
  const stranger = await newClass([]);
  await signInAs(context, stranger.teacher);
  await page.goto(`/admin/early-warning?q=${mark}&fact=drop&open=${students[0]}`);
  const facts = page.getByRole("complementary", { name: `${mark} Ada` });
  await expect(facts).toContainText("Admins and the batch’s own instructors answer it.");
  await expect(facts.getByRole("button", { name: "Answer", exact: true })).toBeHidden();
  await page.goto(`/admin/early-warning?q=${mark}&fact=goals`);
  await expect(page.getByText("No student matches these filters")).toBeVisible();
});

test("thresholds that contradict each other are refused beside their field", async ({ context, page }) => {
  await signInAs(context, "admin@cohort.test");
  await goTo(page, "/admin/settings");
  const thresholds = panel(page, "Early warning");
  await expect(thresholds.getByLabel("Quiet")).toHaveValue("3");
  await thresholds.getByLabel("Watch").fill("4");
  await thresholds.getByRole("button", { name: "Save the thresholds" }).click();
  await expect(thresholds.getByText("More points than those to watch.")).toBeVisible();
  await expect(thresholds.getByLabel("Watch")).toHaveValue("4");
});
