import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { Role } from "@/db/enums";
import { hashToken } from "@/lib/auth/session-token";

/** `over`: expired, replaced by a newer one, or for an address or account that is no longer. */
export type InvitationState = "open" | "accepted" | "over";

export type Invitation = {
  state: InvitationState;
  academy: string;
  name: string;
  email: string;
  role: Role;
  batch: string | null;
};

const academy = sql`coalesce((select value #>> '{}' from setting where key = 'academy_name'), 'Cohort')`;

/** The batch somebody is invited to, or is in. */
const batchOf = sql`(
  select b.name from student st
  join enrolment en on en.student_id = st.id
  join batch b on b.id = en.batch_id
  where st.user_id = u.id order by en.from_date desc limit 1)`;

/** `/invite`: what the link behind a token is about, or null when there never was one. idx_user_token_hash carries it. */
export async function getInvitation(db: Db, token: string): Promise<Invitation | null> {
  const [row] = await db.execute<Invitation>(sql`
    select case
        when u.disabled_at is not null then 'over'
        when u.password_hash is not null then 'accepted'
        when t.used_at is not null or t.expires_at <= now() or t.email is distinct from u.email then 'over'
        else 'open' end as state,
      ${academy} as academy, u.name, u.email, u.role, ${batchOf} as batch
    from user_token t join "user" u on u.id = t.user_id
    where t.token_hash = ${hashToken(token)} and t.kind = 'invite'`);
  return row ?? null;
}

export type OpenInvitation = {
  userId: number;
  name: string;
  email: string;
  role: Role;
  batch: string | null;
  invitedAt: string;
  expired: boolean;
};

type ImportHome = {
  invitations: { rows: OpenInvitation[]; total: number };
  batches: { id: number; name: string }[];
};

/**
 * `/admin/import` in one statement: batches that people can be put into, and the newest invitation of everybody who has
 * not accepted yet. idx_user_token_user finds newer ones.
 */
export async function getImportHome(db: Db, limit: number): Promise<ImportHome> {
  const [row] = await db.execute<ImportHome>(sql`
    with waiting as (
      select u.id as "userId", u.name, u.email, u.role, t.id, t.created_at as "invitedAt", t.expires_at <= now() as expired
      from user_token t
      join "user" u on u.id = t.user_id and u.password_hash is null and u.disabled_at is null
      where t.kind = 'invite' and t.used_at is null and not exists (
        select from user_token newer where newer.user_id = t.user_id and newer.kind = 'invite' and newer.id > t.id)
    ), page as (
      select w.*, ${batchOf} as batch
      from (select * from waiting order by id desc limit ${limit}) w join "user" u on u.id = w."userId"
    )
    select json_build_object(
        'total', (select count(*) from waiting),
        'rows', (select coalesce(json_agg(page order by page.id desc), '[]') from page)) as invitations,
      (select coalesce(json_agg(json_build_object('id', b.id, 'name', b.name) order by b.start_date desc, b.name), '[]')
       from batch b
       where b.archived_at is null and b.end_date >= (now() at time zone b.time_zone)::date) as batches`);
  if (!row) throw new Error("the import page's statement returned no row");
  return row;
}
