import { type SQL, sql } from "drizzle-orm";
import type { EnrolmentStatus } from "@/db/enums";

/** Has this enrolment begun in the zone of its batch? The batch is looked up only where the zone decides. */
const hasBegun = (alias: "own" | "other", at: SQL): SQL => {
  const { fromDate, batchId } = {
    own: { fromDate: sql`own.from_date`, batchId: sql`own.batch_id` },
    other: { fromDate: sql`other.from_date`, batchId: sql`other.batch_id` },
  }[alias];
  const today = sql`(${at} at time zone 'UTC')::date`;
  return sql`(case when ${fromDate} < ${today} then true when ${fromDate} > ${today} + 1 then false
    else ${fromDate} <= (${at} at time zone (select time_zone from batch where id = ${batchId}))::date end)`;
};

type Wanted = { batch?: number | null | undefined; status?: EnrolmentStatus | null | undefined };

/** A batch's students, and those of a status that few have at a time; not who has left, for they become most of all. */
export const areFew = ({ batch, status }: Wanted): boolean =>
  Boolean(batch) || (Boolean(status) && status !== "graduated" && status !== "dropped");

/**
 * What makes the enrolment `own` the shown one of its student (see `shownEnrolment`): no other comes before it. And it
 * is in this batch, of this status. For many students at once, where a probe for each would be slow.
 */
export function isShownEnrolment(at: SQL, { batch, status }: Wanted): SQL[] {
  const parts = [
    sql`not exists (
      select from enrolment other
      where other.student_id = own.student_id
        and (other.from_date > own.from_date and ${hasBegun("other", at)}
          or other.from_date < own.from_date and not ${hasBegun("own", at)}))`,
  ];
  if (batch) parts.push(sql`own.batch_id = ${batch}`);
  if (status) parts.push(sql`own.status = ${status}`);
  return parts;
}
