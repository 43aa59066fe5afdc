import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ConnectionStatus, EnrolmentStatus, GoalKind } from "@/db/enums";
import type { CodingDay } from "@/lib/analytics/coding-weeks";
import type { DateString } from "@/lib/dates";
import { academyZone, constant, localDay, shownEnrolment } from "./fragments";
import { GOAL_DAYS, type GoalRow, goalProgress, goalsJson } from "./student-overview-goals";
import type { GoalProgress } from "./student-overview-shape";
import { type TodayLive, todayLiveJson, withToday } from "./student-overview-today";

export type PortalGoals = {
  /** The student's own zone, else the batch's, else the academy's; its day is today. */
  zone: string;
  zoneOf: "student" | "batch" | "academy";
  today: DateString;
  status: ConnectionStatus | null;
  lastSyncedAt: string | null;
  brokenAt: string | null;
  enrolmentStatus: EnrolmentStatus | null;
  /** By slot, each with what is done of it. */
  goals: GoalProgress[];
  /** What the student's own days name, most time first. */
  names: Record<GoalKind, string[]>;
};

type Row = Omit<PortalGoals, "goals" | "names"> & {
  goals: GoalRow[];
  days: CodingDay[];
  todayLive: TodayLive | null;
  names: { kind: GoalKind; name: string }[];
};

/** How far back names are looked for, and how many of each kind are offered. */
const NAME_DAYS = 92;
const NAMES_OFFERED = 20;

/**
 * `/portal/goals` at `now` in one statement. idx_daily_summary_user_date finds the days, the items' primary key what they
 * were spent on, goal_slot the goals.
 */
export async function getPortalGoals(db: Db, userId: number, now: Date): Promise<PortalGoals> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const zone = sql`coalesce(u.time_zone, e.batch_time_zone, ${academyZone})`;
  const [row]: Row[] = await db.execute<Row>(sql`
    with p as materialized (
      select u.id as user_id, st.id as student_id, ${zone} as zone, ${localDay(at, zone)} as today,
        case when u.time_zone is not null then 'student' when e.batch_time_zone is not null then 'batch'
          else 'academy' end as zone_of, e.status as enrolment_status
      from "user" u
      left join student st on st.user_id = u.id
      left join ${shownEnrolment(at)} on true
      where u.id = ${userId}
    ), spent as (
      select n.kind, n.name, sum(i.ms) as ms
      from p
      join daily_summary d on d.user_id = p.user_id and d.date between p.today - ${constant(NAME_DAYS - 1)} and p.today
      join daily_summary_item i on i.summary_id = d.id
      join coding_name n on n.id = i.name_id and n.kind in ('language', 'project')
      group by n.kind, n.name
    ), ranked as (
      select kind, name, row_number() over (partition by kind order by ms desc, name) as place from spent
    )
    select p.zone, p.zone_of as "zoneOf", to_char(p.today, 'YYYY-MM-DD') as today, c.status,
      to_json(c.last_synced_at) #>> '{}' as "lastSyncedAt", to_json(c.broken_at) #>> '{}' as "brokenAt",
      p.enrolment_status as "enrolmentStatus", ${goalsJson(sql`p.user_id`, sql`p.student_id`, sql`p.today`)} as goals,
      (select coalesce(json_agg(json_build_object('date', d.date, 'totalMs', d.total_ms) order by d.date), '[]')
       from daily_summary d
       where d.user_id = p.user_id and d.date between p.today - ${constant(GOAL_DAYS - 1)} and p.today) as days,
      ${todayLiveJson(sql`p.user_id`, sql`p.today`)} as "todayLive",
      (select coalesce(json_agg(json_build_object('kind', r.kind, 'name', r.name) order by r.place), '[]')
       from ranked r where r.place <= ${constant(NAMES_OFFERED)}) as names
    from p
    left join connection c on c.user_id = p.user_id`);
  if (!row) throw new Error("a signed-in student has no user row");
  const { goals, names, days: stored, todayLive, ...facts } = row;
  const days = withToday(stored, facts.today, todayLive);
  const named = (kind: GoalKind) => names.filter((each) => each.kind === kind).map(({ name }) => name);
  return {
    ...facts,
    goals: goals.map((goal) => goalProgress(goal, days, facts.today)),
    names: { language: named("language"), project: named("project") },
  };
}
