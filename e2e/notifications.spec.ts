import { randomUUID } from "node:crypto";
import type { BrowserContext, Page } from "@playwright/test";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { sentNotice } from "./fixtures/mail";
import { newBatch, newStudent, type OwnStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const made: number[] = [];
test.afterEach(() => withDatabase(({ sql }) => sql`delete from demo_session where id = any(${made})`));

/** A session with one place on a day of its own; `holder` has the place and `waiting` waits for it. */
async function fullSession(batchId: number, holder: OwnStudent, waiting: OwnStudent) {
  const ids = await oneRow<{ session: number; place: number }>(
    (sql) => sql`
      with s as (
        insert into demo_session (session_date, time_zone, title, max_scheduled, batch_id)
        select day, 'UTC', ${`Notices ${randomUUID().slice(0, 8)}`}, 1, ${batchId}
        from generate_series(1, 400) n, lateral (select date '2029-01-01' + n::int as day) d
        where not exists (select from demo_session o where o.session_date = d.day)
        order by random() limit 1 returning id
      ), place as (
        insert into demo_signup (session_id, student_id, status) select id, ${holder.id}, 'scheduled' from s returning id
      ), turn as (
        insert into demo_signup (session_id, student_id, status, queued_at)
        select s.id, ${waiting.id}, 'waitlisted', now() from s, place
      )
      select s.id as session, place.id as place from s, place`,
  );
  made.push(ids.session);
  return ids;
}

const toggle = (page: Page, name: string) => page.getByRole("switch", { name });

/** What became of the newest mail of a kind to somebody. */
const fate = (userId: number, kind: string) =>
  oneRow<{ reason: string | null; sent: boolean }>(
    (sql) => sql`
      select last_error as reason, sent_at is not null as sent from outbox
      where user_id = ${userId} and kind = ${kind} and channel is null order by id desc limit 1`,
  );

async function unsubscribeLink(desk: BrowserContext, noticeId: number): Promise<string> {
  const admin = await desk.newPage();
  await admin.goto(`/admin/mail/${noticeId}`);
  const href = await admin.getByRole("link", { name: /\/unsubscribe\?token=/ }).getAttribute("href");
  await admin.close();
  if (!href) throw new Error("The mail has no way out.");
  return href;
}

test("mail about places: got, ended by its link without signing in, missed, and switched on again", async ({
  browser,
  context,
  page,
}) => {
  const school = await newBatch();
  const [me, other] = [await newStudent(school.id, "Ana Reyes"), await newStudent(school.id, "Ben Okafor")];
  const theirs = await browser.newContext();
  await signInAs(theirs, other.email);
  const desk = await browser.newContext();
  await signInAs(desk, (await newPerson("admin")).email);

  const first = await fullSession(school.id, other, me);
  expect((await theirs.request.delete(`/api/demo-signups/${first.place}`)).ok()).toBe(true);
  const link = await unsubscribeLink(desk, await sentNotice("demo-promoted", me.userId));

  // Whatever opens links on the way changes nothing.
  expect((await context.request.get(link)).status()).toBe(200);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(link);
  await expect(page.getByText(/mails you news about your places in demo sessions/)).toBeVisible();
  await expectAccessible(page, { widths: [390] });
  await page.getByRole("button", { name: "Stop these mails" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("These mails are switched off");
  await expectAccessible(page, { widths: [390] });

  const second = await fullSession(school.id, other, me);
  await theirs.request.delete(`/api/demo-signups/${second.place}`);
  await expect
    .poll(() => fate(me.userId, "demo-promoted"), { timeout: 20_000 })
    .toEqual({ reason: "They asked for no mail of this kind.", sent: false });

  // The way back leads through the sign-in to one's own page.
  await page.getByRole("link", { name: "Notifications" }).click();
  await expect(page).toHaveURL(/\/login\?next=/);
  await signInAs(context, me.email);
  await page.goto("/notifications");
  await expect(page).toHaveURL("/portal/notifications");
  const places = toggle(page, "Mail: My place or a session changes");
  await expect(places).toHaveAttribute("aria-checked", "false");
  await expect(toggle(page, "Mail: My demo is tomorrow")).toHaveAttribute("aria-checked", "true");
  await expect(page.getByText("Mail is always sent: without it you could lose your account")).toBeVisible();
  await places.click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(places).toHaveAttribute("aria-checked", "true");
  await expectAccessible(page, { widths: [1280, 390] });

  // A mail program's own button: from anywhere, with nobody's cookie, as often as it likes.
  const oneStep = link.replace("/unsubscribe?", "/api/unsubscribe?");
  const anywhere = { Origin: "https://mailbox.example", "Sec-Fetch-Site": "cross-site" };
  for (let time = 0; time < 2; time++) {
    const answer = await desk.request.post(oneStep, { form: { "List-Unsubscribe": "One-Click" }, headers: anywhere });
    expect(answer.status()).toBe(204);
  }
  const forged = await desk.request.post(oneStep.replace(`=${me.userId}.`, `=${other.userId}.`), { headers: anywhere });
  expect(forged.status()).toBe(422);
  await page.reload();
  await expect(places).toHaveAttribute("aria-checked", "false");
  const stored = await withDatabase(
    ({ sql }) => sql`
      select user_id as "userId", kind, mail from notification_preference where user_id in (${me.userId}, ${other.userId})`,
  );
  expect([...stored]).toEqual([{ userId: me.userId, kind: "places", mail: false }]);
  await Promise.all([theirs.close(), desk.close()]);
});

test("staff have a page of their own, on which an admin cannot end the alarm", async ({ context, page }) => {
  await signInAs(context, (await newPerson("admin")).email);
  await page.goto("/account");
  await page.getByRole("link", { name: "What you are told" }).click();
  await expect(page).toHaveURL("/account/notifications");
  await expect(page.getByRole("heading", { level: 2, name: "WakaTime refuses the academy" })).toBeVisible();
  await expect(toggle(page, "Mail: WakaTime refuses the academy")).toHaveCount(0);
  await expectAccessible(page, { widths: [1280, 390] });
});
