import { heatMapGrid } from "@/components/charts/heat-map-grid";
import { freshnessOf } from "@/components/coding/freshness-words";
import { statusesAfter } from "@/db/enums";
import { HEAT_MAP_WEEKS, type StudentPage } from "@/db/queries/student-page";
import type { Timeline } from "@/db/queries/student-timeline";
import { codingTotal, dailyTimes } from "@/lib/analytics/coding-weeks";
import { type Actor, can } from "@/lib/auth/permissions";
import { addDays, localDate } from "@/lib/dates";
import { formatAgo, formatDate } from "@/lib/format";
import { riskList } from "@/lib/lists/risk";
import { factRows, RISK_STATE_WORDS } from "@/lib/lists/risk-words";
import { PERIODS_DAYS, type StudentParams, studentHref } from "./search-params";
import { timelineShown, type Viewing } from "./timeline-shown";

export type StudentShown = ReturnType<typeof studentShown>;

/**
 * What the page shows of a student, and no more of it: the browser gets the same (decision 035). What the viewer may do
 * is flags, days are the times of dates in a row, and what depends on the moment or on a zone is in words.
 */
export function studentShown(
  student: StudentPage,
  timeline: Timeline,
  params: StudentParams,
  viewing: Viewing,
  now: Date,
) {
  const { studentId, today, from, days, connection, firstDay, deletionDueAt } = student;
  const link = connection ?? { status: null, lastSyncedAt: null };
  const weekFrom = addDays(today, -6);
  return {
    studentId,
    userId: student.userId,
    name: student.name,
    disabled: student.disabled,
    deleted: student.deleted,
    deletionAsked: deletionDueAt && formatDate(localDate(new Date(deletionDueAt), student.zone)),
    batchId: student.batchId,
    batchName: student.batchName,
    status: student.status,
    isOver: student.isOver,
    zone: student.zone,
    zoneOf: student.zoneOf,
    freshness: freshnessOf({ ...link, enrolmentStatus: student.status }, now),
    doings: student.deleted ? null : doingsOf(student, viewing.actor),
    today,
    week: { ...student.week, from: weekFrom, times: dailyTimes(days, weekFrom, today) },
    signups: student.signups,
    coding: {
      from,
      days: params.days,
      times: dailyTimes(days, from, today),
      total: codingTotal(days, from, today),
      daysWithItems: student.daysWithItems,
      languages: student.languages,
      projects: student.projects,
      hidesProjectNames: student.hidesProjectNames,
      choices: PERIODS_DAYS.map((each) => ({ days: each, href: studentHref(studentId, { ...params, days: each }) })),
    },
    risk: riskShown(student, now),
    contact: student.contact,
    enrolments: student.enrolments,
    assignments: student.assignments,
    grid: firstDay === null ? null : heatMapGrid({ days, today, firstDay, weeks: HEAT_MAP_WEEKS }),
    weeks: HEAT_MAP_WEEKS,
    timeline: timelineShown(studentId, timeline, params, viewing),
    demos: student.demos,
    demosHref: `${studentHref(studentId, { kind: "demos" })}#timeline`,
    certificates: student.certificates,
  };
}

/** What the viewer may do about the student. */
function doingsOf(student: StudentPage, actor: Actor) {
  const { status, isOver, batches, contact } = student;
  const mayEnrol = can(actor, "student.edit", { instructorIds: student.enrolmentInstructorIds });
  const holds = status !== null && !isOver;
  return {
    writesNote: can(actor, "note.write", student),
    edit: can(actor, "student.edit", student) && {
      version: student.version,
      phone: contact?.phone ?? null,
      timeZone: student.ownZone,
      otherZone: student.otherZone,
      email: can(actor, "user.edit") ? contact?.email : undefined,
    },
    enrolmentVersion: student.enrolmentVersion || undefined,
    move: mayEnrol && batches.length > 0 && { batches, enrolled: holds },
    next: mayEnrol && holds ? statusesAfter[status] : [],
    syncs: student.connection !== null && can(actor, "sync.start", student),
    viewsAs: can(actor, "user.view-as", { id: student.userId, role: "student" }),
  };
}

/** Of the facts those that added points. */
function riskShown({ risk, studentId }: StudentPage, now: Date) {
  if (!risk) return null;
  return {
    state: risk.state,
    words: RISK_STATE_WORDS[risk.state],
    since: risk.since,
    checked: formatAgo(new Date(risk.checkedAt), now),
    answered: risk.answered,
    href: riskList.href({ state: "all", open: studentId }),
    facts: factRows(
      studentId,
      risk.signals.filter(({ points }) => points > 0),
    ),
  };
}
