import { enrolmentStatuses } from "@/db/enums";
import { goTo } from "./fixtures/alive";
import { withDatabase } from "./fixtures/database";
import { enrolmentOf, newBatch, newStudent } from "./fixtures/students";
import { expect, signInAs, test } from "./fixtures/test";

const ADMIN = "admin@cohort.test";

for (const status of enrolmentStatuses) {
  test(`a student who is ${status} signs in and reads their portal`, async ({ context, page }) => {
    const batch = await newBatch();
    const student = await newStudent(batch.id, `Sam ${status}`, status);
    await signInAs(context, student.email);
    await page.goto("/portal");
    await expect(page).toHaveURL("/portal");
    await expect(page.getByRole("main")).toContainText(batch.name);
    await page.goto("/admin/students");
    await expect(page).toHaveURL("/portal");
  });
}

test("nobody is promised a sync of somebody who is no longer in class", async ({ context, page }) => {
  const batch = await newBatch();
  const name = `Lea ${batch.name.slice(-8)}`;
  const expected = {
    active: "not synced yet",
    paused: "not synced while paused",
    graduated: "no longer synced",
  } as const;
  for (const status of ["active", "paused", "graduated"] as const) {
    const student = await newStudent(batch.id, `${name} ${status}`, status);
    await withDatabase(
      ({ sql }) => sql`
        insert into connection (user_id, wakatime_uid, access_token_encrypted, refresh_token_encrypted, key_id, expires_at)
        values (${student.userId}, gen_random_uuid(), 'x', 'x', 'journey', now() + interval '1 day')`,
    );
  }
  await signInAs(context, ADMIN);
  await page.goto(`/admin/sync/students?q=${encodeURIComponent(name)}`);
  for (const [status, words] of Object.entries(expected)) {
    await expect(page.getByRole("row").filter({ hasText: `${name} ${status}` })).toContainText(words);
  }
});

test("the second of two people who change an enrolment is told what the first did, and nothing is lost", async ({
  browser,
  context,
  page,
}) => {
  const [from, to] = [await newBatch(), await newBatch()];
  const student = await newStudent(from.id, "Tess Twice");
  await signInAs(context, ADMIN);
  const other = await browser.newContext();
  await signInAs(other, ADMIN);
  const second = await other.newPage();
  for (const each of [page, second]) await goTo(each, `/admin/students/${student.id}`);

  await page.getByRole("button", { name: "Move", exact: true }).first().click();
  const moving = page.getByRole("dialog", { name: /Move/ });
  await moving.getByLabel("Batch").selectOption(to.name);
  await moving.getByRole("button", { name: "Move", exact: true }).click();
  await expect.poll(() => enrolmentOf(student.id)).toEqual({ batchId: to.id, status: "active" });

  await second.getByRole("button", { name: "Change status" }).first().click();
  const changing = second.getByRole("dialog", { name: /Tess Twice/ });
  await changing.getByLabel("New status").selectOption("dropped");
  await changing.getByRole("button", { name: "Change status" }).click();
  await expect(changing.getByRole("alert")).toContainText(
    `changed this meanwhile: Tess Twice is active in ${to.name}.`,
  );
  expect(await enrolmentOf(student.id)).toEqual({ batchId: to.id, status: "active" });
  await changing.getByRole("button", { name: "Save mine over it" }).click();
  await expect.poll(() => enrolmentOf(student.id)).toEqual({ batchId: to.id, status: "dropped" });
  await other.close();
});
