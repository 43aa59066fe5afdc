import { createSecretKey } from "node:crypto";
import type { Db } from "@/db/client";
import type { EnrolmentStatus } from "@/db/enums";
import { type DemoPerson, demoAccessToken, demoRefreshToken, demoUid } from "@/db/seed/coding-generator";
import { createBatch, createConnection, createStudent } from "@/db/testing/factories";
import { encryptTokenPair, type TokenKeys } from "@/lib/wakatime/token-crypto";

export const testKey = (id: string, byte: number): TokenKeys[number] => ({
  id,
  key: createSecretKey(Buffer.alloc(32, byte)),
});
/** What vitest.config.ts sets as WAKATIME_TOKEN_KEYS. */
export const testKeys: TokenKeys = [testKey("test", 7)];

type Options = {
  /** Decides the invented days; unique in a test. */
  key: number;
  timeZone?: string | null;
  batchTimeZone?: string;
  status?: EnrolmentStatus;
  disabled?: boolean;
  expiresAt?: Date;
  accessToken?: string;
  refreshToken?: string;
};

export const personOf = (key: number): DemoPerson => ({
  key,
  persona: "keen",
  firstDay: "2026-01-01",
  lastDay: null,
  timeZone: "UTC",
});

/** A student in a batch with a link to the stand-in, as connecting would leave them. Returns the user's id. */
export async function createConnectedUser(db: Db, options: Options): Promise<number> {
  const { key, timeZone = "UTC", batchTimeZone = "UTC", status = "active", disabled, expiresAt } = options;
  const batch = await createBatch(db, { timeZone: batchTimeZone });
  const student = await createStudent(db, {
    batchId: batch.id,
    status,
    timeZone,
    disabledAt: disabled ? new Date() : null,
  });
  const accessToken = options.accessToken ?? demoAccessToken(personOf(key));
  const refreshToken = options.refreshToken ?? demoRefreshToken(personOf(key));
  await createConnection(db, student.id, {
    wakatimeUid: demoUid(key),
    ...encryptTokenPair(student.id, { accessToken, refreshToken }, testKeys),
    ...(expiresAt ? { expiresAt } : { expiresAt: new Date("2099-01-01") }),
  });
  return student.id;
}
