import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { EnrolmentStatus, Role } from "@/db/enums";
import { containsPattern, shownEnrolment } from "./fragments";
import { type Looker, seesAddress } from "./user-list";

export type FoundPerson = {
  id: number;
  name: string;
  role: Role;
  /** Null for who never was a student. */
  studentId: number | null;
  disabled: boolean;
  batchName: string | null;
  status: EnrolmentStatus | null;
};
export type FoundBatch = { id: number; name: string; startDate: string; archived: boolean };

const PEOPLE = 8;
const BATCHES = 5;
/** Enough to choose from; whoever gets so many types another letter. */
const CANDIDATES = 200;
/** Fewer letters than a trigram has find beginnings of words only. */
const TRIGRAM = 3;

const escaped = (text: string): string => text.replace(/[\\%_]/g, (character) => `\\${character}`);

/**
 * What the command menu finds for `q`, two letters or more, in one statement: people whose name (or, as far as the looker
 * may see it, e-mail address) holds it, beginnings first, and batches. idx_user_search carries it: patterns that begin a
 * word have a trigram from the second letter on. Candidates are cut off before they are sorted, so that a common word
 * costs no more than a rare one. Deleted people are nobody to look for.
 */
export async function searchCommands(
  db: Db,
  q: string,
  looker: Looker,
  now: Date,
): Promise<{ people: FoundPerson[]; batches: FoundBatch[] }> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const begins = sql`search_fold(${escaped(q)}) || '%'`;
  const inside = q.length >= TRIGRAM ? containsPattern(q) : sql`'% ' || search_fold(${escaped(q)}) || '%'`;
  const found = (condition: SQL): SQL => sql`(
    select u.id, u.name, u.role, u.disabled_at, u.search_text from "user" u
    where ${condition} and u.anonymised_at is null limit ${CANDIDATES})`;
  // The text is the name, a line break, the address: what stands before the break is in the name.
  const everywhere = [begins, inside].map((pattern) =>
    found(looker.role === "admin" ? sql`u.search_text like ${pattern}` : sql`u.search_text like ${pattern} || E'\\n%'`),
  );
  const byAddress = found(sql`${seesAddress(looker)} and u.search_text like ${containsPattern(q)}`);
  const candidates = sql.join(looker.role === "admin" ? everywhere : [...everywhere, byAddress], sql` union `);
  const [row] = await db.execute<{ people: FoundPerson[]; batches: FoundBatch[] }>(sql`
    with candidate as materialized (
      ${candidates}
    ), best as (
      select id, name, role, disabled_at,
        row_number() over (order by disabled_at is not null, (search_text like ${begins}) desc, lower(name), id) as place
      from candidate
      order by place
      limit ${PEOPLE}
    ), batch_found as (
      select id, name, start_date, archived_at,
        row_number() over (order by archived_at is not null, start_date desc, id) as place
      from batch
      where search_fold(name) like ${containsPattern(q)}
      order by place
      limit ${BATCHES}
    )
    select
      (select coalesce(json_agg(json_build_object('id', u.id, 'name', u.name, 'role', u.role,
          'studentId', st.id,
          'disabled', u.disabled_at is not null, 'batchName', e.batch_name, 'status', e.status) order by u.place), '[]')
        from best u
        left join student st on st.user_id = u.id
        left join ${shownEnrolment(at)} on true) as people,
      (select coalesce(json_agg(json_build_object('id', id, 'name', name, 'startDate', start_date,
          'archived', archived_at is not null) order by place), '[]')
        from batch_found) as batches`);
  if (!row) throw new Error("the search statement returned no row");
  return row;
}
