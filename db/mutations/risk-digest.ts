import { sql } from "drizzle-orm";
import type { Database } from "@/db/client";
import { addDays, type DateString } from "@/lib/dates";
import { writeNotices } from "./outbox";

const DIGEST_DAYS = 7;

/**
 * Writes to the instructors of each batch in which bands changed in the seven days up to `monday`, once for each week,
 * however often it is asked. What changed is read when the mail is put together. Returns how many were written to.
 */
export const writeRiskDigests = (db: Database, monday: DateString): Promise<number> =>
  db.transaction(async (tx) => {
    const from = addDays(monday, -DIGEST_DAYS);
    const staff = await tx.execute<{ userId: number; batchId: number }>(sql`
      select bi.user_id as "userId", bi.batch_id as "batchId"
      from batch_instructor bi
      join "user" u on u.id = bi.user_id and u.disabled_at is null and u.role in ('instructor', 'admin')
      where exists (
        select from risk_band b
        join risk_band former on former.student_id = b.student_id and former.to_date = b.from_date
        where b.batch_id = bi.batch_id and b.from_date > ${from}::date and b.from_date <= ${monday}::date)`);
    const written = await writeNotices(
      tx,
      staff.map(({ userId, batchId }) => ({
        ...{ userId, kind: "risk-digest" as const, occasion: `risk:${batchId}:${monday}` },
        payload: { batchId, from, to: monday },
      })),
    );
    return written.length;
  });
