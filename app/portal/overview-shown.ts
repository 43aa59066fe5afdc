import { heatMapGrid } from "@/components/charts/heat-map-grid";
import { freshnessOf } from "@/components/coding/freshness-words";
import { momentWords } from "@/components/demo-session/session-time";
import { overviewPeriods } from "@/db/enums";
import type { NextSession, StudentOverview } from "@/db/queries/student-overview-shape";
import { dailyTimes } from "@/lib/analytics/coding-weeks";
import { mostActiveDay } from "@/lib/analytics/most-active-day";
import { formatAgo } from "@/lib/format";
import { KINDS } from "./kinds";
import { OVERVIEW_TABS, type OverviewParams, overviewHref } from "./search-params";
import { stepsOf } from "./steps";
import { batchWords, periodLabel } from "./words";

export type OverviewShown = ReturnType<typeof overviewShown>;

/**
 * What the page shows of an overview, and no more of it: the browser gets the same (decision 035). Days are the times of
 * dates in a row, and what depends on the moment or on a zone is in words.
 */
export function overviewShown(overview: StudentOverview, params: OverviewParams, now: Date) {
  const { heat, today, week, period, items, todayLive, nextSession, zone, steps, connection, batch } = overview;
  const link = { ...(connection ?? { status: null, lastSyncedAt: null }), enrolmentStatus: batch?.status ?? null };
  return {
    zone,
    zoneOf: overview.zoneOf,
    today,
    batch: batchWords(overview),
    connection: connection?.status ?? null,
    freshness: freshnessOf(link, now),
    todayMs: overview.todayMs,
    todayLive: todayLive && formatAgo(new Date(todayLive.at), now),
    week: { ...week, times: dailyTimes(heat.days, week.from, today) },
    streak: overview.streak,
    restDays: overview.restDays,
    batchMedian: overview.batchMedian,
    noMedian: overview.noMedian,
    goals: overview.goals,
    nextSession: nextSession && sessionShown(nextSession, zone),
    canSignUp: steps.canSignUp,
    steps: stepsOf(overview),
    hasData: steps.hasData,
    period: {
      ...period,
      days: dailyTimes(period.days, period.from, period.to),
      most: mostActiveDay(period.days),
      topLanguage: items.language.top[0] ?? null,
      topProject: items.project.top[0] ?? null,
      choices: overviewPeriods.map((each) => ({
        href: overviewHref({ ...params, period: each }),
        label: periodLabel(each),
        chosen: each === params.period,
      })),
    },
    tab: params.tab,
    items: items[KINDS[params.tab].kind],
    tabs: OVERVIEW_TABS.map((tab) => ({
      href: overviewHref({ ...params, tab }),
      label: KINDS[tab].label,
      chosen: tab === params.tab,
    })),
    weeks: heat.weeks,
    grid: heat.firstDay === null ? null : heatMapGrid({ ...heat, today }),
  };
}

const sessionShown = (
  { sessionDate, sessionTime, timeZone, startsAt, ...session }: NextSession,
  viewerZone: string,
) => ({
  ...session,
  sessionDate,
  moment: momentWords({ session: { sessionDate, sessionTime, timeZone, startsAt }, viewerZone }),
});
