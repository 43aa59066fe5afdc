import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DataTag, Role } from "@/db/enums";
import { PREPARED } from "@/db/prepared";
import type { ListChoices } from "@/db/schema/user";
import { hashToken, SESSION_ABSOLUTE_DAYS, SESSION_IDLE_DAYS } from "@/lib/auth/session-token";
import { academyZone, shownEnrolment } from "./fragments";

/** By tag, what stands for the state of its tables (db/schema/data-change.ts); a tag that never changed has none. */
export type DataVersions = Partial<Record<DataTag, string>>;

/** The signed-in person as the database has them now. */
export type Viewer = {
  sessionId: number;
  id: number;
  role: Role;
  name: string;
  email: string;
  timeZone: string | null;
  /** When their account is to be deleted because they asked for it, as ISO; null for nearly everybody. */
  deletionDueAt: string | null;
  /** The zone to say it in, as their mails do: their own, else the batch's, else the academy's. Null as long as that is. */
  deletionZone: string | null;
  /** How they like their lists. */
  listChoices: ListChoices;
  /** The admin who looks at the product as this student does, and may change nothing; null for everybody else. */
  viewedBy: { id: number; name: string; until: string } | null;
  /** The versions that whatever this request reads is at least as new as (lib/cache); null for who is not staff. */
  dataVersions: DataVersions | null;
};

/**
 * The session behind a cookie, or null when it is unknown, revoked, expired or its user disabled. The same statement
 * moves last seen and expiry, at most once a minute. Every request sends it; idx_session_token_hash carries it.
 */
export async function getViewerBySessionId(db: Db, sid: string): Promise<Viewer | null> {
  const rows = await db.execute<Viewer>(sql`${PREPARED}
    with current as (
      select s.id as "sessionId", v.id, v.role, v.name, v.email, v.time_zone as "timeZone", v.list_choices as "listChoices",
        to_json(v.deletion_due_at) #>> '{}' as "deletionDueAt",
        case when v.deletion_due_at is not null then coalesce(v.time_zone, (
            select e.batch_time_zone from student st join ${shownEnrolment(sql`now()`)} on true where st.user_id = v.id
          ), ${academyZone}) end as "deletionZone",
        case when v.id <> u.id then json_build_object('id', u.id, 'name', u.name, 'until', s.viewing_until) end as "viewedBy",
        s.last_seen_at
      from session s
      join "user" u on u.id = s.user_id
      left join "user" w on w.id = s.viewing_as and s.viewing_until > now() and u.role = 'admin' and w.role = 'student'
      join "user" v on v.id = coalesce(w.id, u.id)
      where s.token_hash = ${hashToken(sid)} and s.revoked_at is null and s.expires_at > now() and u.disabled_at is null
    ), seen as (
      update session set
        last_seen_at = now(),
        expires_at = least(created_at + make_interval(days => ${SESSION_ABSOLUTE_DAYS}::int),
                           now() + make_interval(days => ${SESSION_IDLE_DAYS}::int))
      where id = (select "sessionId" from current where last_seen_at < now() - interval '1 minute')
    )
    select "sessionId", id, role, name, email, "timeZone", "listChoices", "deletionDueAt", "deletionZone", "viewedBy",
      case when role in ('admin', 'instructor') then (
        select coalesce(json_object_agg(tag, version), '{}') from (
          select tag, bit_xor(hashint8extended(id, 0))::text as version from data_change group by tag) changed
      ) end as "dataVersions"
    from current`);
  return rows[0] ?? null;
}
