import { type SQL, sql } from "drizzle-orm";
import { academyZone, constant, localDay } from "./fragments";

const EXPIRING_DAYS = 30;

/**
 * The day in the academy's zone, which is where its certificates begin and end. A select of its own, so that a statement
 * works it out once and not for each row.
 */
export const academyToday = (at: SQL): SQL => sql`(select ${localDay(at, academyZone)})`;

/** When `c` expires, as idx_certificate_expiry has it: never is after every day. */
export const expiry: SQL = sql`coalesce(c.date_expired, 'infinity'::date)`;

/** How the certificate `c` stands on the day `today`. It holds on its last day still. */
export const certificateState = (today: SQL): SQL => sql`
  case when c.revoked_at is not null then 'revoked'
    when c.date_expired < ${today} then 'expired'
    when c.date_expired <= ${today} + ${constant(EXPIRING_DAYS)} then 'expiring'
    else 'valid' end`;

/** The same as conditions that an index can carry. */
export const certificateStateIs = (today: SQL) => ({
  revoked: sql`c.revoked_at is not null`,
  expired: sql`(c.revoked_at is null and ${expiry} < ${today})`,
  expiring: sql`(c.revoked_at is null and ${expiry} between ${today} and ${today} + ${constant(EXPIRING_DAYS)})`,
  valid: sql`(c.revoked_at is null and ${expiry} > ${today} + ${constant(EXPIRING_DAYS)})`,
});

/** Has the student `st` a certificate of this name that holds today? */
export const holdsCertificate = (name: string, today: SQL): SQL => sql`exists (
  select from certificate c
  where c.student_id = st.id and search_fold(c.name) = search_fold(${name}) and c.revoked_at is null
    and ${expiry} >= ${today})`;
