import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { listSavedViews } from "@/db/queries/saved-views";
import { auditEvent, user } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createUser } from "@/db/testing/factories";
import type { Actor } from "@/lib/auth/permissions";
import { rememberListChoice } from "./list-choice";
import { changeView, deleteView, saveView } from "./saved-view";

type Person = Awaited<ReturnType<typeof createUser>>;
const acting = ({ id, role }: Person): Actor => ({ type: "user", id, role });
const instructor = () => createUser(testDb(), { role: "instructor" });
const searchOf = ({ id, query }: { id: number; query: string }) => `${query || "?"}&view=${id}`;

let turn = 0;
/** A view of a list that no other test here has. */
async function saved(owner: Person, more: { isShared?: boolean; list?: string; query?: string } = {}) {
  turn += 1;
  const view = { list: `list${turn}`, name: "Mine", query: "?q=a", columns: null, isShared: false, ...more };
  const result = await saveView(testDb(), acting(owner), view);
  if (!result.ok) throw new Error(result.message);
  return { ...view, id: result.data.id };
}

const choicesOf = async ({ id }: Person) =>
  (await testDb().select({ choices: user.listChoices }).from(user).where(eq(user.id, id)))[0]?.choices;
const eventsAbout = (id: number) =>
  testDb()
    .select({ action: auditEvent.action, before: auditEvent.before, after: auditEvent.after })
    .from(auditEvent)
    .where(sql`subject_type = 'saved_view' and subject_id = ${id}`)
    .orderBy(auditEvent.id);

describe("a saved view", () => {
  it("is its owner's until it is shared, and named with its owner for others", async () => {
    const [owner, other] = [await instructor(), await instructor()];
    const view = await saved(owner);
    const seenBy = async (person: Person) =>
      (await listSavedViews(testDb(), view.list, person.id)).map((each) => each.id);
    expect(await seenBy(owner)).toEqual([view.id]);
    expect(await seenBy(other)).toEqual([]);
    expect(await changeView(testDb(), acting(owner), view.id, { isShared: true }, searchOf)).toMatchObject({
      ok: true,
    });
    const [theirs] = await listSavedViews(testDb(), view.list, other.id);
    expect(theirs).toMatchObject({ id: view.id, isMine: false, isShared: true, owner: owner.name, query: "?q=a" });
    expect(await eventsAbout(view.id)).toEqual([
      { action: "view.save", before: null, after: { list: view.list, query: "?q=a", isShared: false } },
      { action: "view.change", before: { isShared: false }, after: { isShared: true } },
    ]);
  });

  it("of somebody else is not there until it is shared, and then not theirs to change; an admin may", async () => {
    const [owner, other] = [await instructor(), await instructor()];
    const admin = await createUser(testDb(), { role: "admin" });
    const view = await saved(owner);
    expect(await deleteView(testDb(), acting(other), view.id)).toMatchObject({ code: "not_found" });
    expect(await deleteView(testDb(), acting(admin), view.id)).toMatchObject({ code: "not_found" });
    await changeView(testDb(), acting(owner), view.id, { isShared: true }, searchOf);
    expect(await deleteView(testDb(), acting(other), view.id)).toMatchObject({ code: "forbidden" });
    expect(await changeView(testDb(), acting(other), view.id, { query: "" }, searchOf)).toMatchObject({
      code: "forbidden",
    });
    expect(await deleteView(testDb(), acting(admin), view.id)).toMatchObject({ ok: true });
    expect(await listSavedViews(testDb(), view.list, owner.id)).toEqual([]);
  });

  it("has a name once per person and list, however it is written", async () => {
    const [owner, other] = [await instructor(), await instructor()];
    const { list } = await saved(owner);
    const again = { list, name: "MINE", query: "", columns: null, isShared: false };
    expect(await saveView(testDb(), acting(owner), again)).toMatchObject({
      code: "conflict",
      fields: { name: expect.any(String) },
    });
    expect(await saveView(testDb(), acting(other), again)).toMatchObject({ ok: true });
  });

  it("is for staff only", async () => {
    const student = await createUser(testDb(), { role: "student" });
    const view = { list: "users", name: "x", query: "", columns: null, isShared: false };
    expect(await saveView(testDb(), acting(student), view)).toMatchObject({ code: "forbidden" });
  });

  it("that opens first goes on doing so when it changes, and stops where it is gone or no longer shared", async () => {
    const [owner, other] = [await instructor(), await instructor()];
    const view = await saved(owner, { isShared: true });
    for (const person of [owner, other]) {
      await rememberListChoice(testDb(), person.id, view.list, { view: searchOf(view), columns: ["name"] });
    }
    await changeView(testDb(), acting(owner), view.id, { query: "?q=new" }, searchOf);
    const anew = { columns: ["name"], view: `?q=new&view=${view.id}` };
    expect((await choicesOf(owner))?.[view.list]).toEqual(anew);
    expect((await choicesOf(other))?.[view.list]).toEqual(anew);

    await changeView(testDb(), acting(owner), view.id, { isShared: false }, searchOf);
    expect((await choicesOf(owner))?.[view.list]).toEqual(anew);
    expect((await choicesOf(other))?.[view.list]).toEqual({ columns: ["name"] });

    await deleteView(testDb(), acting(owner), view.id);
    expect((await choicesOf(owner))?.[view.list]).toEqual({ columns: ["name"] });
  });

  it("does not touch what another view has first whose number only begins or ends alike", async () => {
    const owner = await instructor();
    const view = await saved(owner);
    const kept = { users: { view: `?view=${view.id}1` }, students: { view: `?review=${view.id}` } };
    await testDb().update(user).set({ listChoices: kept }).where(eq(user.id, owner.id));
    await deleteView(testDb(), acting(owner), view.id);
    expect(await choicesOf(owner)).toEqual(kept);
  });
});

describe("how a person likes a list", () => {
  it("is remembered list by list and forgotten by null, and is nobody else's", async () => {
    const [person, other] = [await instructor(), await instructor()];
    const remember = (list: string, choice: Parameters<typeof rememberListChoice>[3]) =>
      rememberListChoice(testDb(), person.id, list, choice);
    await remember("users", { columns: ["name", "role"] });
    await remember("users", { view: "?q=a" });
    await remember("students", { columns: [] });
    expect(await choicesOf(person)).toEqual({
      users: { columns: ["name", "role"], view: "?q=a" },
      students: { columns: [] },
    });
    await remember("users", { columns: null });
    expect((await choicesOf(person))?.users).toEqual({ view: "?q=a" });
    expect(await choicesOf(other)).toEqual({});
  });
});
