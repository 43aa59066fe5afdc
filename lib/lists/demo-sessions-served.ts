import {
  countDemoSessionsBy,
  type DemoSessionFacet,
  type DemoSessionListRow,
  demoSessionSource,
} from "@/db/queries/demo-session-list";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { formatTime } from "@/lib/format";
import { demoSessionsList } from "./demo-sessions";
import { serve } from "./served";

/** A file says when a session is by its own clock, with the zone: who reads it may be anywhere. */
export const servedDemoSessions = serve<typeof demoSessionsList, DemoSessionListRow>({
  list: demoSessionsList,
  allowed: (viewer) => can(actorOf(viewer), "demo-session.list"),
  source: (values, _viewer, now) => demoSessionSource(values, now),
  counts: (db, filter, values, _viewer, now) => countDemoSessionsBy(db, filter as DemoSessionFacet, values, now),
  cells: (row) => ({
    date: row.sessionDate,
    time: `${formatTime(row.sessionTime)} ${row.timeZone}`,
    title: row.title,
    batch: row.batchName,
    state: row.state,
    places: row.scheduled + row.presented + row.noShow,
    limit: row.maxScheduled,
    waiting: row.waitlisted,
    presented: row.presented,
    noShow: row.noShow,
    meeting: row.meetingUrl,
  }),
  headers: { places: "Places taken", limit: "Places (empty: no limit)" },
});
