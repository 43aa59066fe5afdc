import { sql } from "drizzle-orm";
import { addCodingDays } from "@/db/testing/factories";
import type { Failure } from "@/e2e/fakes/wakatime";
import { readToday } from "../today";
import { wakatimeLab } from "./lab";
import { createConnectedUser, testKeys } from "./people";

export const lab = wakatimeLab({ now: "2026-11-20T12:00:00Z", firstKey: 50_000 });
export const { db } = lab;
export const TODAY = "2026-11-20";

export const read = async (userId: number, more: Partial<Parameters<typeof readToday>[0]> = {}) =>
  readToday({ db, access: { client: lab.client, keys: testKeys }, userId, now: () => lab.now, ...more });
/** The answer of a read that must succeed. */
export const answer = async (...args: Parameters<typeof read>) => {
  const result = await read(...args);
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.data;
};
export const calls = async <T>(work: () => Promise<T>) => {
  const before = lab.fake.requests.length;
  const value = await work();
  return { value, calls: lab.fake.requests.length - before };
};
export const connected = async (more: Partial<Parameters<typeof createConnectedUser>[1]> = {}) => {
  const key = lab.nextKey();
  return { key, userId: await createConnectedUser(db, { key, ...more }) };
};
export const set = (userId: number, values: ReturnType<typeof sql>) =>
  db.execute(sql`update connection set ${values} where user_id = ${userId}`);
/** A stored day of `minutes`, synced an hour ago. */
export const store = async (userId: number, minutes: number) => {
  await addCodingDays(db, userId, { [TODAY]: minutes });
  await set(userId, sql`last_synced_at = '2026-11-20T11:00:00Z'`);
};

export const PASSING: Failure["kind"][] = ["302", "429", "500", "html", "truncated", "reset", "slow"];
export const LASTING: Failure["kind"][] = ["401", "402", "403", "202"];
