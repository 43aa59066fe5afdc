import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { SignupStatus } from "@/db/enums";
import type { DateString } from "@/lib/dates";
import { sessionStart } from "./demo-session-state";
import { academyZone, localDay, shownEnrolment } from "./fragments";

/** A sign-up that has the demo, unless it was withdrawn. */
export type DemoPlace = {
  id: number;
  status: Exclude<SignupStatus, "cancelled">;
  rating: number | null;
  feedback: string | null;
  sessionDate: DateString;
  sessionTitle: string;
  isCancelled: boolean;
  hasBegun: boolean;
};

export type OwnDemo = {
  id: number;
  version: number;
  title: string;
  description: string | null;
  demoDate: DateString | null;
  demoUrl: string | null;
  githubUrl: string | null;
  thumbnailUrl: string | null;
  technologies: string[];
  /** The latest session first. */
  places: DemoPlace[];
};

export type PortalDemos = {
  /** The student's own day, and the zone whose day it is. */
  today: DateString;
  zone: string;
  demos: OwnDemo[];
};

/**
 * `/portal/demos` at `now` in one statement: a student's demos, undated ones first and then the latest, with the sign-ups
 * that have them. idx_demo_student and idx_demo_signup_student carry it.
 */
export async function getPortalDemos(db: Db, userId: number, now: Date): Promise<PortalDemos> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const zone = sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`;
  const [row] = await db.execute<PortalDemos>(sql`
    select to_char(${localDay(at, zone)}, 'YYYY-MM-DD') as today, ${zone} as zone, (
      select coalesce(json_agg(json_build_object('id', d.id, 'version', d.version, 'title', d.title,
          'description', d.description, 'demoDate', d.demo_date, 'demoUrl', d.demo_url, 'githubUrl', d.github_url,
          'thumbnailUrl', d.thumbnail_url, 'technologies', d.technologies, 'places', (
            select coalesce(json_agg(json_build_object('id', g.id, 'status', g.status, 'rating', g.rating,
                'feedback', g.presentation_notes, 'sessionDate', s.session_date, 'sessionTitle', s.title,
                'isCancelled', s.is_cancelled, 'hasBegun', ${sessionStart} <= ${at})
              order by s.session_date desc, s.id desc), '[]')
            from demo_signup g join demo_session s on s.id = g.session_id
            -- By the student as well: sign-ups are found by theirs.
            where g.student_id = d.student_id and g.demo_id = d.id and g.status <> 'cancelled'))
        order by d.demo_date desc nulls first, d.id desc), '[]')
      from demo d where d.student_id = st.id) as demos
    from "user" u
    left join student st on st.user_id = u.id
    left join ${shownEnrolment(at)} on true
    where u.id = ${userId}`);
  if (!row) throw new Error("a signed-in student has no user row");
  return { ...row };
}
