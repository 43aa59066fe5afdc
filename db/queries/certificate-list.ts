import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { CertificateOrigin, CertificateSortKey, CertificateState } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import type { Sort } from "@/lib/table-params";
import { academyToday, certificateState, certificateStateIs, expiry } from "./certificate-state";
import { containsPattern, isShown, shownEnrolment } from "./fragments";
import { countByValue, type ListSource, listPage } from "./list";
import { everyShown } from "./student-standing";
import { type Looker, seesAddress } from "./user-list";

export type CertificateConditions = {
  q: string;
  state?: CertificateState | null;
  /** The batch that the student is in, or was in last. */
  batch?: number | null;
  origin?: CertificateOrigin | null;
  /** Issued from and until, both included. */
  from?: DateString | null;
  until?: DateString | null;
};

export type CertificateFilters = CertificateConditions & { sort: Sort<CertificateSortKey>; page: number; size: number };

export type CertificateListRow = {
  id: number;
  userId: number;
  studentName: string;
  batchName: string | null;
  name: string;
  issuer: string;
  dateIssued: string;
  dateExpired: string | null;
  credentialUrl: string | null;
  verifyCode: string | null;
  state: CertificateState;
};

const KEYS: Record<CertificateSortKey, SQL> = { issued: sql`c.date_issued`, expires: expiry };

/** The students whose shown enrolment (see `shownEnrolment`) is in this batch. */
const ofBatch = (batchId: number, at: SQL): SQL =>
  sql`c.student_id in (select en.student_id from enrolment en where en.batch_id = ${batchId} and ${isShown(at)})`;

/** The first line of a user's search text: folding every name anew takes longer than the whole statement. */
const foldedName = sql`split_part(u.search_text, E'\\n', 1)`;

/**
 * By the certificate's own words or the student's; an address only where it may be seen. An OR over one pass of the
 * certificates, most of which a common word finds: looking both halves up by their ids takes three times as long.
 */
function matching(q: string, looker: Looker): SQL {
  const pattern = containsPattern(q);
  const person =
    looker.role === "admin"
      ? sql`u.search_text like ${pattern}`
      : sql`u.search_text like ${pattern} and (${foldedName} like ${pattern} or ${seesAddress(looker)})`;
  return sql`(c.search_text like ${pattern} or c.student_id in (
    select u.student_id from "user" u where u.student_id is not null and ${person}))`;
}

function certificateConditions(filters: CertificateConditions, looker: Looker, at: SQL): SQL {
  const { q, state, batch, origin, from, until } = filters;
  const parts: SQL[] = [];
  if (state) parts.push(certificateStateIs(academyToday(at))[state]);
  if (batch) parts.push(ofBatch(batch, at));
  if (origin) parts.push(origin === "academy" ? sql`c.verify_code is not null` : sql`c.verify_code is null`);
  if (from) parts.push(sql`c.date_issued >= ${from}`);
  if (until) parts.push(sql`c.date_issued <= ${until}`);
  if (q) parts.push(matching(q, looker));
  return parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``;
}

/** `/admin/certificates` for a looker at `now`, page by page by idx_certificate_issued or idx_certificate_expiry. */
export function certificateSource(
  filters: CertificateConditions & { sort: Sort<CertificateSortKey> },
  looker: Looker,
  now: Date,
): ListSource {
  const at = sql`${now.toISOString()}::timestamptz`;
  return {
    from: sql`certificate c`,
    where: certificateConditions(filters, looker, at),
    id: sql`c.id`,
    key: KEYS[filters.sort.key],
    keyNeverNull: true,
    onePass: Boolean(filters.q),
    descending: filters.sort.descending,
    details: sql`
      join certificate c on c.id = picked.id
      join student st on st.id = c.student_id
      join "user" u on u.id = st.user_id
      left join ${shownEnrolment(at)} on true`,
    row: sql`json_build_object(
      'id', c.id, 'userId', u.id, 'studentName', u.name, 'batchName', e.batch_name, 'name', c.name, 'issuer', c.issuer,
      'dateIssued', c.date_issued, 'dateExpired', c.date_expired, 'credentialUrl', c.credential_url,
      'verifyCode', c.verify_code, 'state', ${certificateState(academyToday(at))})`,
  };
}

/** One page of certificates with the exact total and the name of the batch that is filtered by, in one statement. */
export const listCertificates = (db: Db, filters: CertificateFilters, looker: Looker, now: Date) =>
  listPage<CertificateListRow, { batchName: string | null }>(
    db,
    certificateSource(filters, looker, now),
    filters,
    sql`(select name from batch where id = ${filters.batch ?? null}) as "batchName"`,
  );

export type CertificateFacet = "state" | "batch" | "origin";

/** How many of the certificates that the other filters leave have which value of `facet`. */
export function countCertificatesBy(
  db: Db,
  facet: CertificateFacet,
  filters: CertificateConditions,
  looker: Looker,
  now: Date,
) {
  const at = sql`${now.toISOString()}::timestamptz`;
  const source = certificateSource(
    { ...filters, [facet]: null, sort: { key: "issued", descending: true } },
    looker,
    now,
  );
  const values: Record<CertificateFacet, Parameters<typeof countByValue>[2]> = {
    state: { value: certificateState(academyToday(at)) },
    batch: {
      value: sql`e.batch_id`,
      label: sql`e.batch_name`,
      joins: sql`join ${everyShown(at)} on e.student_id = c.student_id`,
    },
    origin: { value: sql`case when c.verify_code is null then 'elsewhere' else 'academy' end` },
  };
  return countByValue(db, source, values[facet]);
}
