import type { APIRequestContext, Page } from "@playwright/test";
import { goTo } from "./fixtures/alive";
import { expectAccessible } from "./fixtures/axe";
import { newPerson, oneRow, withDatabase } from "./fixtures/database";
import { newBatch, newStudent } from "./fixtures/students";
import { expect, sessionCookieOf, signInAs, test } from "./fixtures/test";

const open = goTo;
const panel = (page: Page, name: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });

const isLetIn = async (request: APIRequestContext, cookie: string) =>
  (await request.get("/api/users/me", { headers: { Cookie: cookie } })).status() === 200;

/** Signs somebody in as another device would, without this browser. */
async function elsewhere(email: string, device: string): Promise<number> {
  return (
    await oneRow<{ id: number }>(
      (sql) => sql`
        insert into session (token_hash, user_id, device, ip, expires_at)
        select sha256(random()::text::bytea), id, ${device}, '192.0.2.7', now() + interval '1 day'
        from "user" where email = ${email} returning id`,
    )
  ).id;
}

const isOver = async (id: number) =>
  (await oneRow<{ over: boolean }>((sql) => sql`select revoked_at is not null as over from session where id = ${id}`))
    .over;

const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

test.describe("in Tokyo", () => {
  test.use({ timezoneId: "Asia/Tokyo" });

  test("a student changes name, phone and zone, is told of another's change, and keeps what was typed", async ({
    context,
    page,
  }) => {
    const school = await newBatch();
    const me = await newStudent(school.id, "Ana Reyes");
    await signInAs(context, me.email);
    await open(page, "/account?done=link");
    await expect(page).toHaveURL("/portal/profile?done=link");
    await expect(page.getByText("The mail is on its way.")).toBeVisible();
    await expect(panel(page, "At the academy")).toContainText(`Student number${me.id}Batch${school.name}`);

    const about = panel(page, "About you");
    await about.getByLabel("Phone").fill("no number");
    await about.getByRole("button", { name: "Save" }).click();
    await expect(about.getByLabel("Phone")).toHaveAccessibleDescription(/digits, spaces/);
    await about.getByLabel("Phone").fill("+44 20 7946 0018");
    await about.getByLabel("Name").fill("  Ana María Reyes ");
    await about.getByRole("button", { name: "Use that" }).click();
    await expect(about.getByLabel("Time zone")).toHaveValue("Asia/Tokyo");
    await about.getByRole("button", { name: "Save" }).click();
    await expect(about.getByRole("status")).toHaveText("Saved.");
    await expect(about.getByLabel("Name")).toHaveValue("Ana María Reyes");
    await expect(page.getByRole("link", { name: "Ana María Reyes" })).toBeVisible();
    const saved = await oneRow(
      (sql) => sql`select name, phone, time_zone as zone, version from "user" where id = ${me.userId}`,
    );
    expect(saved).toEqual({
      ...{ name: "Ana María Reyes", phone: "+44 20 7946 0018", zone: "Asia/Tokyo", version: 2 },
    });

    // Staff change the number while the name is being typed.
    await about.getByLabel("Name").fill("Ana Reyes");
    await withDatabase(
      ({ sql }) => sql`update "user" set phone = '+1 2', version = version + 1 where id = ${me.userId}`,
    );
    await about.getByRole("button", { name: "Save" }).click();
    await expect(about.getByRole("alert")).toContainText("saved: +1 2, yours: +44 20 7946 0018");
    await expectAccessible(page, { widths: [1280, 390] });
    await about.getByRole("button", { name: "Save mine over it" }).click();
    await expect(about.getByRole("status")).toHaveText("Saved.");
    // Without a zone of one's own the batch's holds again.
    await about.getByLabel("Time zone").fill("");
    await about.getByRole("button", { name: "Save" }).click();
    await expect
      .poll(() => oneRow((sql) => sql`select name, phone, time_zone as zone from "user" where id = ${me.userId}`))
      .toEqual({ name: "Ana Reyes", phone: "+44 20 7946 0018", zone: null });
  });
});

test("sign-ins are listed by device and end one by one or all at once, from a phone too", async ({
  context,
  page,
  request,
}) => {
  const me = await newStudent((await newBatch()).id, "Ben Okafor");
  await signInAs(context, me.email);
  const cookie = await sessionCookieOf(context);
  const [phone, tool] = [await elsewhere(me.email, IPHONE), await elsewhere(me.email, "curl/8.5.0")];
  await page.setViewportSize({ width: 390, height: 844 });
  const answer = await open(page, "/portal/profile");
  expect(answer?.headers()["server-timing"]).toMatch(/desc="2 queries"$/);
  const list = panel(page, "Where you are signed in");
  const rows = list.getByRole("listitem");
  await expect(rows).toHaveCount(3);
  await expect(rows.first()).toContainText("this one");
  await expect(rows.first().getByRole("button")).toHaveCount(0);
  const iphone = rows.filter({ hasText: "Safari on iPhone" });
  await expect(iphone).toContainText("192.0.2.7 · last seen just now · signed in on");
  await iphone.getByRole("button", { name: "Sign out Safari on iPhone" }).click();
  await expect(list.getByRole("status")).toHaveText("Safari on iPhone is signed out.");
  await expect(list.getByRole("status")).toBeFocused();
  await expect(rows).toHaveCount(2);
  expect([await isOver(phone), await isOver(tool)]).toEqual([true, false]);

  await elsewhere(me.email, IPHONE);
  await list.getByRole("button", { name: "Sign out all others" }).click();
  await expect(list.getByRole("status")).toHaveText("2 other sign-ins are signed out.");
  await expect(rows).toHaveCount(1);
  await expect(list.getByRole("button")).toHaveCount(0);
  expect([await isOver(tool), await isLetIn(request, cookie)]).toEqual([true, true]);
});

test("an admin who looks along sees nobody's sign-ins; staff have the same parts on a page of their own", async ({
  context,
  page,
}) => {
  const me = await newStudent((await newBatch()).id, "Cleo Lind");
  const admin = await newPerson("admin");
  await elsewhere(me.email, IPHONE);
  await signInAs(context, admin.email);
  await withDatabase(
    ({ sql }) => sql`
      update session set viewing_as = ${me.userId}, viewing_until = now() + interval '10 minutes'
      where user_id = ${admin.id}`,
  );
  const looked = await (await open(page, "/portal/profile"))?.text();
  await expect(page.getByText("Only Cleo Lind sees where they are signed in.")).toBeVisible();
  expect(looked).not.toContain("192.0.2.7");
  expect(looked).not.toContain("iPhone");
  await withDatabase(
    ({ sql }) => sql`update session set viewing_as = null, viewing_until = null where user_id = ${admin.id}`,
  );

  await open(page, "/account");
  await expect(panel(page, "At the academy")).toContainText("Roleadmin");
  await expect(panel(page, "Where you are signed in").getByRole("listitem")).toHaveCount(1);
  await panel(page, "About you").getByLabel("Phone").fill("+1 312 555 0199");
  await page.keyboard.press("Control+Enter");
  await expect(panel(page, "About you").getByRole("status")).toHaveText("Saved.");
});

test("a waiting user follows the link with a key and becomes a student of the same account, then sees the steps", async ({
  context,
  page,
}) => {
  const school = await newBatch();
  const { key } = await oneRow<{ key: string }>(
    (sql) => sql`select registration_key as key from batch where id = ${school.id}`,
  );
  const me = await newPerson("user");
  await signInAs(context, me.email);
  const cookie = await sessionCookieOf(context);
  await open(page, "/welcome");
  await page.getByLabel("Registration key").fill("HCA-NOTAKEY");
  await page.getByRole("button", { name: "Join your batch" }).click();
  await expect(page.getByLabel("Registration key")).toHaveAccessibleDescription(/does not open a batch/);

  await open(page, `/signup/student#key=${key}`);
  await expect(page).toHaveURL("/welcome");
  await expect(page.getByLabel("Registration key")).toHaveValue(key);
  await page.getByRole("button", { name: "Join your batch" }).click();
  await expect(page).toHaveURL("/portal/wakatime?result=joined");
  await expect(page.getByText("You have joined your batch")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /Connect your account/ })).toBeVisible();
  expect(await sessionCookieOf(context)).toBe(cookie);
  await open(page, "/portal/profile");
  await expect(panel(page, "At the academy")).toContainText(`Batch${school.name}`);
});

test("rest days are chosen by admins, at most six, and the second of two is shown what the first saved", async ({
  context,
  page,
}) => {
  await signInAs(context, (await newPerson("admin")).email);
  await open(page, "/admin/settings");
  const days = panel(page, "Rest days");
  const save = days.getByRole("button", { name: "Save the rest days" });
  // What others' streaks go by stays as it is all along: Saturday and Sunday.
  for (const name of ["Saturday", "Sunday"]) await expect(days.getByLabel(name)).toBeChecked();
  for (const name of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) await days.getByLabel(name).check();
  await save.click();
  await expect(days.getByText("One day of the week at least is none of rest.")).toBeVisible();
  for (const name of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) await days.getByLabel(name).uncheck();
  await save.click();
  await expect(days.getByRole("status")).toHaveText("The rest days are saved.");
  const stored = () =>
    oneRow<{ value: number[]; version: number }>(
      (sql) => sql`select value, version from setting where key = 'rest_days'`,
    );
  expect((await stored()).value).toEqual([6, 7]);

  await days.getByLabel("Friday").check();
  await withDatabase(({ sql }) => sql`update setting set version = version + 1 where key = 'rest_days'`);
  await save.click();
  await expect(days.getByRole("alert")).toContainText("saved: Saturday, Sunday, yours: Friday, Saturday, Sunday");
  await days.getByRole("button", { name: "Take what was saved" }).click();
  await expect(days.getByLabel("Friday")).not.toBeChecked();
  await expect(days.getByLabel("Saturday")).toBeChecked();
});
