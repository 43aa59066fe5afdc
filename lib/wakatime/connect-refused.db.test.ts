import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Viewer } from "@/db/queries/session";
import { demoUid } from "@/db/seed/coding-generator";
import type { Returned } from "./connect";
import { client, consent, db, enqueued, fake, finish, revocations, rows } from "./testing/connecting";
import { testKeys } from "./testing/people";
import { connectionOf } from "./testing/stored";
import { createVisitor, signedIn } from "./testing/visitors";
import { decryptToken, tokenAad } from "./token-crypto";

describe("a return that is refused", () => {
  /** Nothing is written anywhere, and tokens that were given are given back. */
  async function refused(viewer: Viewer, returned: Returned, expected: string, { givenBack = 0 } = {}) {
    const before = await rows();
    const revoked = revocations();
    expect(await finish(viewer, returned)).toBe(expected);
    expect(await rows()).toEqual(before);
    expect(enqueued).toEqual([]);
    expect(revocations() - revoked).toBe(givenBack);
  }

  it("with a state nobody gave out, or none", async () => {
    const viewer = await createVisitor(db);
    const { code } = await consent(viewer);
    await refused(viewer, { code, state: "x".repeat(43) }, "bad-state");
    await refused(viewer, { code }, "bad-state");
    expect(fake.requests.at(-1)?.path).toBe("/oauth/authorize");
  });

  it("with a state of somebody else, and it stays good for its owner", async () => {
    const [owner, other] = [await createVisitor(db), await createVisitor(db)];
    const returned = await consent(owner);
    await refused(other, returned, "bad-state");
    expect(await finish(owner, returned)).toBe("connected");
  });

  it("with a state of another session of the same person", async () => {
    const viewer = await createVisitor(db);
    await refused(await signedIn(db, viewer.id), await consent(viewer), "bad-state");
  });

  it("after ten minutes", async () => {
    const viewer = await createVisitor(db);
    const returned = await consent(viewer);
    await db.execute(sql`update oauth_state set expires_at = now() where user_id = ${viewer.id}`);
    await refused(viewer, returned, "bad-state");
  });

  it("a second time, whatever the first one came to", async () => {
    const viewer = await createVisitor(db);
    const returned = await consent(viewer);
    expect(await finish(viewer, returned)).toBe("connected");
    enqueued.length = 0;
    await refused(viewer, returned, "bad-state");
    const declined = { state: (await consent(viewer)).state, error: "access_denied" };
    await refused(viewer, declined, "declined");
    await refused(viewer, declined, "bad-state");
  });

  it("because the person said no, or WakaTime said something else", async () => {
    const viewer = await createVisitor(db);
    fake.failures.set({ denyConsent: true });
    const returned = await consent(viewer);
    expect(returned).toMatchObject({ error: "access_denied" });
    await refused(viewer, returned, "declined");
    fake.failures.set({ denyConsent: false });
    await refused(viewer, { state: (await consent(viewer)).state, error: "server_error" }, "not-exchanged");
    await refused(viewer, { state: (await consent(viewer)).state }, "not-exchanged");
  });

  it("with a code that WakaTime does not know", async () => {
    const viewer = await createVisitor(db);
    await refused(viewer, { state: (await consent(viewer)).state, code: "guessed" }, "not-exchanged");
  });

  it.each([
    ["500", "unavailable"],
    ["429", "unavailable"],
    ["reset", "unavailable"],
    ["html", "unavailable"],
    ["401", "not-exchanged"],
    ["truncated", "not-exchanged"],
  ] as const)("when the exchange answers %s", async (kind, expected) => {
    const viewer = await createVisitor(db);
    const returned = await consent(viewer);
    fake.failures.add({ kind, path: "oauth/token" });
    await refused(viewer, returned, expected);
  });

  it.each([
    ["500", "unavailable"],
    ["401", "not-exchanged"],
    ["truncated", "not-exchanged"],
  ] as const)("when the profile answers %s: the tokens are given back", async (kind, expected) => {
    const viewer = await createVisitor(db);
    const returned = await consent(viewer);
    fake.failures.add({ kind, path: "users/current" });
    await refused(viewer, returned, expected, { givenBack: 1 });
  });

  it("without the scope that is needed; an answer that names none grants what was asked", async () => {
    const viewer = await createVisitor(db);
    fake.failures.set({ grantScope: "email read_summaries.languages" });
    await refused(viewer, await consent(viewer), "scope-missing", { givenBack: 1 });
    fake.failures.set({ grantScope: "" });
    expect(await finish(viewer, await consent(viewer))).toBe("connected");
    expect((await connectionOf(db, viewer.id))?.scopes).toEqual(["read_summaries"]);
  });

  it("for an account that is linked to another student, whose link goes on working", async () => {
    const [first, second] = [await createVisitor(db), await createVisitor(db)];
    expect(await finish(first, await consent(first, 2))).toBe("connected");
    enqueued.length = 0;
    const link = await connectionOf(db, first.id);
    await refused(second, await consent(second, 2), "account-taken", { givenBack: 1 });
    expect(await connectionOf(db, first.id)).toEqual(link);
    const token = { keyId: "test", ciphertext: link?.accessTokenEncrypted ?? "" };
    const accessToken = decryptToken(token, testKeys, tokenAad(first.id, "access"));
    expect((await client.currentUser(accessToken)).id).toBe(demoUid(2));
  });
});
