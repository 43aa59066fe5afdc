import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { AnalyticsListName, AnalyticsPeriod } from "@/db/enums";
import { openSession } from "@/db/mutations/session";
import { getAnalyticsCoding } from "@/db/queries/analytics-coding";
import { getAnalyticsCompare } from "@/db/queries/analytics-compare";
import { getAnalyticsDetails } from "@/db/queries/analytics-details";
import { getAnalyticsHeatMap } from "@/db/queries/analytics-heat-map";
import { getAnalyticsInactive } from "@/db/queries/analytics-inactive";
import { getAnalyticsList } from "@/db/queries/analytics-list";
import { getAnalyticsOverview } from "@/db/queries/analytics-overview";
import { getAnalyticsParticipation } from "@/db/queries/analytics-participation";
import type { AnalyticsNarrow } from "@/db/queries/analytics-shape";
import { getAnalyticsTrends } from "@/db/queries/analytics-trends";
import { getV1CodingActivity } from "@/db/queries/analytics-v1-coding";
import { getV1Engagement } from "@/db/queries/analytics-v1-engagement";
import { getBatchPage } from "@/db/queries/batch-page";
import { searchCommands } from "@/db/queries/command";
import { getDashboard } from "@/db/queries/dashboard";
import { listPage } from "@/db/queries/list";
import { getPortalSessions } from "@/db/queries/portal-sessions";
import { getViewerBySessionId, type Viewer } from "@/db/queries/session";
import { getStudentOverview } from "@/db/queries/student-overview";
import { getStudentPage } from "@/db/queries/student-page";
import { getTodayPage } from "@/db/queries/today-page";
import { getDashboardOverview } from "@/db/queries/user-overview";
import { STALE_AFTER_HOURS } from "@/lib/analytics/freshness";
import { servedList } from "@/lib/lists/registry";

/** Whom and what the statements ask for. */
export type HotSubjects = {
  sid: string;
  viewer: Viewer;
  studentId: number;
  userId: number;
  batchId: number;
  otherBatchId: number;
};

export type HotStatement = {
  name: string;
  /** How long Postgres may take at 100,000 students, milliseconds; null where no bar says so. */
  barMs: number | null;
  /** The indexes that carry it: without one of them it reads far more than it needs. */
  needs: string[];
  run: (db: Db, subjects: HotSubjects, now: Date) => Promise<unknown>;
};

const DAYS = "idx_daily_summary_user_date";
const ITEMS = "daily_summary_item_summary_id_name_id_pk";

/** A page of a list as its address asks for it. */
const list = (name: string, query: string, barMs: number, ...needs: string[]): HotStatement => ({
  name: `${name}${query && `?${query}`}`,
  barMs,
  needs,
  run: async (db, { viewer }, now) => {
    const served = servedList(name);
    if (!served) throw new Error(`There is no list ${name}.`);
    const values = await served.list.load(new URLSearchParams(query));
    return listPage(db, served.source(values, viewer, now), values);
  },
});

/** The numbers in a list's filter menu. */
const facet = (name: string, filter: string, index: string, query = ""): HotStatement => ({
  name: `${name} counted by ${filter}${query && ` of ?${query}`}`,
  barMs: 250,
  needs: [index],
  run: async (db, { viewer }, now) => {
    const served = servedList(name);
    if (!served) throw new Error(`There is no list ${name}.`);
    const values = await served.list.load(new URLSearchParams(query));
    return served.counts(db, filter as keyof typeof served.list.filters & string, values, viewer, now);
  },
});

type Tab = {
  needs: string[];
  ask: (db: Db, scope: { batchId: number | null; period: AnalyticsPeriod }, now: Date) => Promise<unknown>;
};
const TABS: Record<string, Tab> = {
  overview: { needs: [DAYS, "idx_demo_student", "idx_certificate_student"], ask: getAnalyticsOverview },
  coding: { needs: [DAYS], ask: getAnalyticsCoding },
  languages: {
    needs: [DAYS, ITEMS],
    ask: (db, scope, now) => getAnalyticsDetails(db, scope, { kind: "language", hideProjects: false }, now),
  },
  projects: {
    needs: [DAYS, ITEMS],
    ask: (db, scope, now) => getAnalyticsDetails(db, scope, { kind: "project", hideProjects: false }, now),
  },
  "heat map": { needs: [DAYS], ask: getAnalyticsHeatMap },
  participation: { needs: ["idx_demo_signup_session_status"], ask: getAnalyticsParticipation },
};
const PERIODS = [7, 28, 90] as const;

/** A tab at every period, of everybody and of one batch. */
const analytics = Object.entries(TABS).flatMap(([tab, { needs, ask }]) =>
  PERIODS.flatMap((period): HotStatement[] => [
    {
      name: `analytics ${tab} ${period} days`,
      barMs: 150,
      needs: [...needs, "idx_enrolment_shown", "idx_user_student"],
      run: (db, _, now) => ask(db, { batchId: null, period }, now),
    },
    {
      name: `analytics ${tab} ${period} days of a batch`,
      barMs: 30,
      needs: [...needs, "idx_student_batch_id", "idx_user_student"],
      run: (db, { batchId }, now) => ask(db, { batchId, period }, now),
    },
  ]),
);

const PAGE = { offset: 0, limit: 50 };
const TYPESCRIPT = { kind: "language", name: "TypeScript", hideProjects: false } as const;

/** The first page of what stands behind a number of 28 days, or of the trends' twelve months. */
const behind = (
  name: AnalyticsListName,
  needs: string[],
  ofBatch: string[] = needs,
  narrow: AnalyticsNarrow = {},
): HotStatement[] => [
  {
    name: `analytics list of ${name}`,
    barMs: 150,
    needs,
    run: (db, _, now) => getAnalyticsList(db, { batchId: null, period: 28 }, name, PAGE, now, narrow),
  },
  {
    name: `analytics list of ${name} in a batch`,
    barMs: 30,
    needs: [...ofBatch, "idx_student_batch_id", "idx_user_student"],
    run: (db, { batchId }, now) => getAnalyticsList(db, { batchId, period: 28 }, name, PAGE, now, narrow),
  },
];

/** Every statement that is sent often or reads much: its plan is tested, its time measured (`npm run bench:sql`). */
export const hotStatements: HotStatement[] = [
  {
    name: "session",
    barMs: 20,
    needs: ["idx_session_token_hash"],
    run: (db, { sid }) => getViewerBySessionId(db, sid),
  },
  {
    name: "dashboard",
    barMs: 50,
    needs: [DAYS, "idx_enrolment_in_class", "idx_user_student", "idx_user_role_created"],
    run: (db, _, now) => getDashboard(db, now),
  },
  {
    name: "v1 dashboard",
    barMs: 50,
    needs: [DAYS, "idx_user_role_created", "idx_student_user"],
    run: (db, { viewer }, now) => getDashboardOverview(db, viewer, now),
  },
  list("users", "", 50, "idx_user_name", DAYS),
  list("users", "page=5000", 50, "idx_user_name"),
  list("users", "role=student", 50, "idx_user_name"),
  list("users", "role=student&status=graduated&wakatime=active&account=enabled", 50, "idx_user_filters"),
  list("users", "status=active", 50, "idx_user_filters"),
  list("users", "sort=-joined&status=graduated", 50, "idx_user_created"),
  list("users", "sort=email&page=5000", 50, "idx_user_email"),
  list("users", "sort=-week", 50, "idx_daily_summary_date", DAYS),
  list("users", "q=ann", 150, "idx_user_search"),
  list("users", "q=an&role=student&page=2", 150, "idx_user_name"),
  facet("users", "role", "idx_user_role"),
  facet("users", "status", "idx_user_filters", "role=student"),
  facet("users", "batch", "idx_user_filters"),
  facet("users", "wakatime", "idx_user_filters"),
  list("demo-sessions", "", 20, "idx_demo_signup_session_status"),
  list("demo-sessions", "period=past", 20, "idx_demo_signup_session_status"),
  {
    name: "portal overview",
    barMs: 20,
    needs: [DAYS, ITEMS, "idx_student_user", "idx_enrolment_in_class", "idx_demo_student"],
    run: (db, { userId }, now) => getStudentOverview(db, userId, 30, now),
  },
  {
    name: "portal demo sessions",
    barMs: 20,
    needs: ["idx_demo_signup_student", "idx_demo_student"],
    run: (db, { userId }, now) => getPortalSessions(db, userId, now),
  },
  {
    name: "student page",
    barMs: 20,
    needs: [DAYS, ITEMS, "idx_certificate_student", "idx_demo_student", "idx_demo_signup_student"],
    run: (db, { studentId, viewer }, now) => getStudentPage(db, studentId, { days: 90 }, viewer, now),
  },
  {
    name: "batch page",
    barMs: 50,
    needs: [DAYS, "idx_enrolment_in_class", "idx_student_batch_id"],
    run: (db, { batchId, viewer }, now) => getBatchPage(db, batchId, viewer, now, STALE_AFTER_HOURS),
  },
  {
    name: "today",
    barMs: 50,
    needs: [DAYS, "idx_enrolment_in_class"],
    run: (db, { viewer }, now) => getTodayPage(db, viewer, now, STALE_AFTER_HOURS),
  },
  list("students", "", 50, "idx_enrolment_shown", "idx_user_student", DAYS),
  list("students", "status=all&page=4000", 50, "idx_user_name"),
  list("batches", "", 50, "idx_enrolment_in_class", DAYS),
  list("certificates", "", 50, "idx_certificate_issued"),
  list("audit", "", 20),
  {
    name: "command menu",
    barMs: 150,
    needs: ["idx_user_search"],
    run: (db, { viewer }, now) => searchCommands(db, "ann", viewer, now),
  },
  ...analytics,
  ...behind("students", [DAYS]),
  ...behind("used", [DAYS, ITEMS], [DAYS, ITEMS], { used: TYPESCRIPT }),
  ...behind("with_demo", ["idx_demo_student"]),
  ...behind("were_active", []),
  ...behind("joined", ["idx_enrolment_from"], []),
  ...behind("issued", ["idx_certificate_issued"], ["idx_certificate_student"]),
  ...behind("demoed", ["idx_demo_day"], ["idx_demo_student"]),
  {
    name: "analytics trends",
    barMs: 150,
    needs: ["idx_enrolment_shown", "idx_enrolment_from", "idx_certificate_issued", "idx_demo_day"],
    run: (db, _, now) => getAnalyticsTrends(db, null, now),
  },
  {
    name: "analytics trends of a batch",
    barMs: 30,
    needs: ["idx_student_batch_id", "idx_certificate_student", "idx_demo_student"],
    run: (db, { batchId }, now) => getAnalyticsTrends(db, batchId, now),
  },
  {
    name: "analytics inactive",
    barMs: 150,
    needs: [DAYS, "idx_enrolment_shown"],
    run: (db, _, now) => getAnalyticsInactive(db, { batchId: null, days: 14 }, now, STALE_AFTER_HOURS),
  },
  {
    name: "analytics inactive of a batch",
    barMs: 30,
    needs: [DAYS, "idx_student_batch_id"],
    run: (db, { batchId }, now) => getAnalyticsInactive(db, { batchId, days: 14 }, now, STALE_AFTER_HOURS),
  },
  {
    name: "analytics compare",
    barMs: 150,
    needs: [DAYS, "idx_student_batch_id"],
    run: (db, { batchId, otherBatchId }, now) => getAnalyticsCompare(db, batchId, otherBatchId, now),
  },
  {
    name: "v1 engagement",
    barMs: null,
    needs: [DAYS, "idx_enrolment_shown"],
    run: (db, _, now) => getV1Engagement(db, null, now, STALE_AFTER_HOURS),
  },
  {
    name: "v1 coding activity",
    barMs: null,
    needs: [DAYS, ITEMS, "idx_enrolment_shown"],
    run: (db, _, now) => getV1CodingActivity(db, null, now, STALE_AFTER_HOURS),
  },
];

/** An admin, signed in for this, a student who is in class, and two batches that run. */
export async function findHotSubjects(db: Db): Promise<HotSubjects> {
  const [found] = await db.execute<Omit<HotSubjects, "sid" | "viewer"> & { adminId: number }>(sql`
    select (select min(id) from "user" where role = 'admin') as "adminId", u.id as "userId", u.student_id as "studentId",
      u.shown_batch_id as "batchId", (
        select max(o.shown_batch_id) from "user" o
        where o.shown_status = 'active' and o.shown_batch_id <> u.shown_batch_id) as "otherBatchId"
    from "user" u
    join batch b on b.id = u.shown_batch_id and current_date between b.start_date + 60 and b.end_date
    where u.shown_status = 'active' and u.wakatime_status = 'active'
    order by u.id limit 1`);
  if (!found) throw new Error("Nobody is in class.");
  const { adminId, ...subjects } = found;
  const viewer: Viewer = {
    ...{ sessionId: 0, id: adminId, role: "admin", name: "An admin", email: "admin@cohort.test", timeZone: null },
    ...{ deletionDueAt: null, deletionZone: null, listChoices: {}, viewedBy: null, dataVersions: null },
  };
  const sid = await openSession(db, adminId, { ip: null, userAgent: "hot statements" });
  return { sid, viewer, ...subjects };
}
