import { type SQL, sql } from "drizzle-orm";
import type { EnrolmentStatus } from "@/db/enums";
import { localDay } from "./fragments";

const MOVES_NAMED = 8;

/** Somebody who came or went. `other` is the batch they came from or went to; null when there is none. */
export type BatchMove = {
  studentId: number;
  name: string;
  date: string;
  kind: "joined" | "left";
  /** Of the enrolment that ended; of who joined, the one that began. */
  status: EnrolmentStatus;
  other: string | null;
};

/** An enrolment of the same student as `en` that touches it on `side`, in this batch or in another one. */
const touching = (alias: string, side: "before" | "after", same: boolean): SQL => {
  const name = sql.raw(alias);
  const meets = side === "before" ? sql`${name}.to_date = en.from_date` : sql`${name}.from_date = en.to_date`;
  return sql`${name}.student_id = en.student_id and ${meets} and ${name}.batch_id ${same ? sql`=` : sql`<>`} b.id`;
};

const SEATED = sql.raw("('invited', 'active', 'paused')");

/**
 * The latest of those who came to `b` and left it, as JSON. A change of status within the batch makes another row, and
 * is no move: unless it says that somebody dropped out or graduated.
 */
export const batchMoves = (at: SQL): SQL => sql`(
  select coalesce(json_agg(json_build_object('studentId', st.id, 'name', u.name, 'date', e.date, 'kind', e.kind,
    'status', e.status, 'other', e.other) order by e.date desc, e.kind, u.name, u.id), '[]')
  from (
    select moved.* from (
      select en.student_id, en.from_date as date, 'joined' as kind, en.status, (
        select o.name from enrolment prior join batch o on o.id = prior.batch_id
        where ${touching("prior", "before", false)}) as other
      from enrolment en
      where en.batch_id = b.id
        and not exists (select from enrolment prior where ${touching("prior", "before", true)})
      union all
      select en.student_id, en.to_date, 'left', en.status, (
        select o.name from enrolment later join batch o on o.id = later.batch_id
        where ${touching("later", "after", false)})
      from enrolment en
      where en.batch_id = b.id and en.to_date is not null
        and not exists (select from enrolment later where ${touching("later", "after", true)})
        and not (en.status not in ${SEATED} and exists (
          select from enrolment prior where ${touching("prior", "before", true)} and prior.status in ${SEATED}))
      union all
      select en.student_id, en.from_date, 'left', en.status, null
      from enrolment en
      where en.batch_id = b.id and en.status not in ${SEATED} and exists (
        select from enrolment prior where ${touching("prior", "before", true)} and prior.status in ${SEATED})
    ) moved
    where moved.date <= ${localDay(at, sql`b.time_zone`)}
    order by moved.date desc, moved.student_id
    limit ${MOVES_NAMED}
  ) e
  join student st on st.id = e.student_id
  join "user" u on u.id = st.user_id)`;
