import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type DemoPerson, demoAccessToken, demoRefreshToken, demoUid } from "@/db/seed/coding-generator";
import { encryptTokenPair, type TokenKeys } from "@/lib/wakatime/token-crypto";

const PER_STATEMENT = 5_000;
const PER_BATCH = 300;
const ZONES = ["America/Chicago", "Europe/Lisbon", "Asia/Kolkata", "UTC"];

/** Everybody codes about every day, so that every answer has days and items to compare. */
export const benchPerson = (key: number): DemoPerson => ({
  key,
  persona: "keen",
  firstDay: "2026-01-01",
  lastDay: null,
  timeZone: ZONES[key % ZONES.length] ?? "UTC",
});

/** Brings an academy of connected, active students from `from` to `to` people; ids and keys are 1 … `to`. */
export async function addPeople(
  db: Db,
  { from, to, keys }: { from: number; to: number; keys: TokenKeys },
): Promise<void> {
  for (let first = from + 1; first <= to; first += PER_STATEMENT) {
    const people = Array.from({ length: Math.min(PER_STATEMENT, to - first + 1) }, (_, index) => {
      const key = first + index;
      const person = benchPerson(key);
      const tokens = { accessToken: demoAccessToken(person), refreshToken: demoRefreshToken(person) };
      const pair = encryptTokenPair(key, tokens, keys);
      return {
        id: key,
        zone: person.timeZone,
        batch: Math.floor((key - 1) / PER_BATCH) + 1,
        uid: demoUid(key),
        key_id: pair.keyId,
        access: pair.accessTokenEncrypted,
        refresh: pair.refreshTokenEncrypted,
      };
    });
    await db.execute(sql`
      with person as (
        select * from jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
          as p(id int, zone text, batch int, uid uuid, key_id text, access text, refresh text)
      ),
      made_batch as (
        insert into batch (id, name, start_date, end_date, time_zone, registration_key) overriding system value
        select distinct batch, 'Batch ' || batch, date '2026-01-05', date '2027-06-30', 'UTC', 'KEY-' || batch from person
        on conflict do nothing
      ),
      made_user as (
        insert into "user" (id, email, name, role, time_zone) overriding system value
        select id, 'p' || id || '@bench.test', 'Person ' || id, 'student', zone from person
      ),
      made_student as (
        insert into student (id, user_id) overriding system value select id, id from person
      ),
      made_enrolment as (
        insert into enrolment (student_id, batch_id, status, from_date) select id, batch, 'active', date '2026-01-05' from person
      )
      insert into connection (user_id, wakatime_uid, access_token_encrypted, refresh_token_encrypted, key_id, expires_at)
      select id, uid, access, refresh, key_id, now() + interval '300 days' from person`);
  }
  await db.execute(sql`analyze`);
}
