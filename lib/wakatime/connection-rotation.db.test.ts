import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { listTokensUnderOtherKeys, replaceTokens } from "@/db/mutations/token-rotation";
import { auditEvent, connection } from "@/db/schema";
import { testDb } from "@/db/testing/database";
import { createConnection, createUser } from "@/db/testing/factories";
import { rotateTokens } from "./connection-rotation";
import { testKey } from "./testing/people";
import { connectionOf } from "./testing/stored";
import { decryptToken, encryptTokenPair, type TokenKeys, tokenAad } from "./token-crypto";

const db = testDb();
const oldKey = testKey("k1", 1);
const newKey = testKey("k2", 2);
const lostKey = testKey("lost", 3);
const both: TokenKeys = [newKey, oldKey];

beforeEach(async () => {
  await db.delete(connection);
});

async function linkUnder(key: TokenKeys[number], name = "a") {
  const person = await createUser(db);
  const tokens = { accessToken: `access-${name}`, refreshToken: `refresh-${name}` };
  await createConnection(db, person.id, encryptTokenPair(person.id, tokens, [key]));
  return person.id;
}

async function tokensOf(userId: number, keys: TokenKeys) {
  const link = await connectionOf(db, userId);
  if (!link) throw new Error("there is no link");
  const read = (ciphertext: string, token: "access" | "refresh") =>
    decryptToken({ keyId: link.keyId, ciphertext }, keys, tokenAad(userId, token));
  return [read(link.accessTokenEncrypted, "access"), read(link.refreshTokenEncrypted, "refresh")];
}

describe("rotating the keys", () => {
  it("brings every link under the newest key, page after page, and the old key is needed no more", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const users: number[] = [];
    for (const name of names) users.push(await linkUnder(oldKey, name));
    const current = await linkUnder(newKey, "f");
    expect(await rotateTokens(db, both, 2)).toEqual({ rotated: 5, current: 1, overtaken: 0, unreadable: {} });
    for (const [index, userId] of users.entries()) {
      expect(await tokensOf(userId, [newKey])).toEqual([`access-${names[index]}`, `refresh-${names[index]}`]);
    }
    expect(await tokensOf(current, [newKey])).toEqual(["access-f", "refresh-f"]);
    const events = await db.select().from(auditEvent).where(eq(auditEvent.action, "connection.rotate-keys"));
    expect(events.map(({ after }) => after)).toEqual([{ links: 2 }, { links: 2 }, { links: 1 }]);
    expect(await rotateTokens(db, both)).toEqual({ rotated: 0, current: 6, overtaken: 0, unreadable: {} });
  });

  it("leaves what it cannot read as it is, and names the key", async () => {
    const lost = await linkUnder(lostKey);
    const spoilt = await linkUnder(oldKey);
    await db.update(connection).set({ refreshTokenEncrypted: "AAAA" }).where(eq(connection.userId, spoilt));
    const fine = await linkUnder(oldKey);
    const before = await connectionOf(db, lost);
    expect(await rotateTokens(db, both)).toEqual({
      rotated: 1,
      current: 0,
      overtaken: 0,
      unreadable: { lost: 1, k1: 1 },
    });
    expect(await connectionOf(db, lost)).toEqual(before);
    expect((await connectionOf(db, fine))?.keyId).toBe("k2");
  });

  it("never puts tokens back that a refresh has replaced meanwhile", async () => {
    const userId = await linkUnder(oldKey);
    const [before] = await listTokensUnderOtherKeys(db, { keyId: "k2", afterId: 0, limit: 10 });
    if (!before) throw new Error("the link was not listed");
    const renewed = { accessToken: "access-renewed", refreshToken: "refresh-renewed" };
    await db
      .update(connection)
      .set(encryptTokenPair(userId, renewed, [oldKey]))
      .where(eq(connection.userId, userId));
    const stale = encryptTokenPair(userId, { accessToken: "access-a", refreshToken: "refresh-a" }, both);
    const actor = { type: "system", job: "test" } as const;
    expect(await replaceTokens(db, actor, [{ before, after: stale }], "k2")).toBe(0);
    expect(await tokensOf(userId, both)).toEqual(["access-renewed", "refresh-renewed"]);
    expect(await rotateTokens(db, both)).toMatchObject({ rotated: 1 });
    expect(await tokensOf(userId, [newKey])).toEqual(["access-renewed", "refresh-renewed"]);
  });
});
