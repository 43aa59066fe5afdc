import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { expect, signInAs, test } from "./fixtures/test";

const panel = (page: Page, title: string) =>
  page.locator("section", { has: page.getByRole("heading", { name: title }) });

/** An instructor of this journey's own, with a running batch and three students: one quiet, one without data, one new. */
async function newClass() {
  const word = randomUUID().slice(0, 8);
  const { id, email } = await newPerson("instructor");
  const names = { quiet: `Quinn ${word}`, unknown: `Una ${word}`, fresh: `Frida ${word}` };
  const { batch, quiet } = await oneRow<{ batch: number; quiet: number }>(
    (sql) => sql`
      with b as (
        insert into batch (name, start_date, end_date, time_zone, registration_key)
        values (${`Class ${word}`}, current_date - 60, current_date + 60, 'UTC', ${`KEY-${word}`}) returning id
      ), taught as (
        insert into batch_instructor (batch_id, user_id) select id, ${id} from b
      ), u as (
        insert into "user" (name, email, role)
        select name, lower(replace(name, ' ', '.')) || '@cohort.test', 'student'
        from (values (${names.quiet}), (${names.unknown}), (${names.fresh})) n(name) returning id, name
      ), st as (
        insert into student (user_id) select id from u returning id, user_id
      ), enrolled as (
        insert into enrolment (student_id, batch_id, from_date)
        select st.id, b.id, case when u.name = ${names.fresh} then current_date else current_date - 50 end
        from st join u on u.id = st.user_id cross join b
      ), linked as (
        insert into connection (user_id, wakatime_uid, access_token_encrypted, refresh_token_encrypted, key_id, expires_at,
          last_synced_at)
        select id, gen_random_uuid(), 'x', 'x', 'none', now() + interval '1 year', now() from u where name = ${names.quiet}
      )
      select b.id as batch, (select st.id from st join u on u.id = st.user_id where u.name = ${names.quiet}) as quiet from b`,
  );
  return { id, email, word, names, batch, quiet };
}

test("an instructor lands on their day, sees who went quiet, who is new and of whom nothing is known", async ({
  context,
  page,
}) => {
  const { email, names, word, quiet } = await newClass();
  await signInAs(context, email);
  await page.goto("/");
  await expect(page).toHaveURL("/admin/today");
  await expect(page.getByText(`Class ${word}`).first()).toBeVisible();
  await expect(panel(page, "Who went quiet").getByRole("listitem")).toHaveText([
    new RegExp(`${names.quiet}.*has not coded yet`),
  ]);
  await expect(panel(page, "New students").getByRole("listitem")).toHaveText([new RegExp(names.fresh)]);
  const unknown = panel(page, "No data");
  await expect(unknown.getByText(names.unknown)).toBeHidden();
  await unknown.getByText("1 student of whom nothing arrived").click();
  await expect(unknown.getByRole("listitem")).toHaveText([new RegExp(`${names.unknown}.*never connected`)]);
  await expectAccessible(page);
  await panel(page, "Who went quiet").getByRole("link", { name: names.quiet }).click();
  await expect(page).toHaveURL(`/admin/students/${quiet}`);
});

test("a follow-up that is due stands there until it is done", async ({ context, page }) => {
  const { id, email, names, quiet } = await newClass();
  await withDatabase(
    ({ sql }) => sql`
      insert into note (student_id, author_id, body, follow_up_on) values
        (${quiet}, ${id}, 'Ask about the laptop', current_date - 2), (${quiet}, ${id}, 'Not yet', current_date + 20)`,
  );
  await signInAs(context, email);
  await goTo(page, "/admin/today");
  const due = panel(page, "Follow-ups due");
  await expect(due.getByRole("listitem")).toHaveText([new RegExp(`${names.quiet}.*due.*Ask about the laptop`)]);
  await due.getByRole("button", { name: `Done with ${names.quiet}` }).click();
  await expect(due.getByRole("listitem")).toHaveCount(0);
  await expect(due).toContainText("Nothing is due.");
  const notes = await withDatabase(
    ({ sql }) => sql`select body, done_at is not null as done from note where author_id = ${id} order by id`,
  );
  expect([...notes]).toEqual([
    { body: "Ask about the laptop", done: true },
    { body: "Not yet", done: false },
  ]);
});

test("who presents next is named, the own students first; an instructor without a batch is told so", async ({
  context,
  page,
}) => {
  await signInAs(context, "instructor@cohort.test");
  await page.goto("/admin/today");
  const next = await oneRow<{ name: string }>(
    (sql) => sql`
      select u.name from demo_session s
      join demo_signup g on g.session_id = s.id and g.status = 'scheduled'
      join student st on st.id = g.student_id join "user" u on u.id = st.user_id
      where s.is_active and not s.is_cancelled and s.session_date >= (now() at time zone s.time_zone)::date
      order by s.session_date, g.running_order nulls last, g.queued_at, g.id limit 1`,
  );
  await expect(panel(page, "Who presents next")).toContainText(next.name);
  const { email } = await newPerson("instructor");
  await signInAs(context, email);
  await page.goto("/admin/today");
  await expect(page.getByText("You teach no batch yet")).toBeVisible();
  await signInAs(context, "admin@cohort.test");
  await page.goto("/admin/today");
  await expect(page.getByText("students of every running batch")).toBeVisible();
});
