import { type UserFacet, type UserListRow, userSource } from "@/db/queries/user-list";
import { dailyAverageMs } from "@/lib/analytics/daily-average";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { readUserCounts } from "@/lib/cache/reads";
import { hours } from "./cells";
import { serve } from "./served";
import { usersList } from "./users";
import { WAKATIME_WORDS } from "./words";

export const servedUsers = serve<typeof usersList, UserListRow>({
  list: usersList,
  allowed: (viewer) => can(actorOf(viewer), "user.list"),
  source: userSource,
  counts: (db, filter, values, viewer, now) => readUserCounts(db, filter as UserFacet, values, { viewer, now }),
  cells: (row) => ({
    name: row.name,
    email: row.email,
    role: row.role,
    batch: row.batchName,
    week: hours(row.weekMs),
    average: hours(dailyAverageMs(row.weekMs, row.weekDays)),
    wakatime: row.connectionStatus ? WAKATIME_WORDS[row.connectionStatus] : null,
    joined: row.joinedAt.slice(0, 10),
    signedIn: row.lastSignInAt,
  }),
  headers: { week: "Last 7 days (hours)", average: "Daily average (hours)", signedIn: "Last sign-in (UTC)" },
});
