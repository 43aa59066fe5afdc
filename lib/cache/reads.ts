import type { Db } from "@/db/client";
import { listBatchOptions } from "@/db/queries/batch-options";
import { getDashboard } from "@/db/queries/dashboard";
import { type DemoSessionFilters, listDemoSessions } from "@/db/queries/demo-session-list";
import { countUsersBy, listUsers, type UserConditions, type UserFacet, type UserFilters } from "@/db/queries/user-list";
import { getDashboardOverview, listUserOverviews } from "@/db/queries/user-overview";
import { toV1Stats, toV1User } from "@/lib/api-v1";
import { loadAnalytics } from "@/lib/lists/analytics-load";
import type { AnalyticsParams } from "@/lib/lists/analytics-params";
import { type SharedBody, sharedBody } from "./shared-body";
import { type Reader, sharedRead, viewOf } from "./shared-read";

// What staff read together. A read names the tags of every table in its statement: reads.db.test.ts holds them to it.

const conditionsOf = ({ q, role, batch, status, wakatime, account }: UserConditions) =>
  [q, role, batch, status, wakatime, account].map((each) => each ?? null);

export const readDashboard = (db: Db, reader: Reader) =>
  sharedRead(
    reader,
    { name: "dashboard", key: null, tags: ["people", "batches", "demos", "certificates", "warnings", "syncs"] },
    () => getDashboard(db, reader.now),
  );

export const readUsers = (db: Db, filters: UserFilters, reader: Reader) => {
  const { sort, page, size } = filters;
  const key = [viewOf(reader.viewer), ...conditionsOf(filters), sort, page, size];
  return sharedRead(reader, { name: "users", key, tags: ["people", "batches", "syncs"] }, () =>
    listUsers(db, filters, reader.viewer, reader.now),
  );
};

export const readUserCounts = (db: Db, facet: UserFacet, filters: UserConditions, reader: Reader) => {
  const key = [facet, viewOf(reader.viewer), ...conditionsOf(filters)];
  return sharedRead(reader, { name: "user-counts", key, tags: ["people", "batches"] }, () =>
    countUsersBy(db, facet, filters, reader.viewer, reader.now),
  );
};

export const readDemoSessions = (db: Db, filters: DemoSessionFilters, reader: Reader) => {
  const { q, period, state, batch, sort, page, size } = filters;
  const key = [q, period ?? null, state ?? null, batch ?? null, sort, page, size];
  return sharedRead(reader, { name: "demo-sessions", key, tags: ["demos", "batches"] }, () =>
    listDemoSessions(db, filters, reader.now),
  );
};

export const readAnalytics = (db: Db, params: AnalyticsParams, reader: Reader) =>
  sharedRead(
    reader,
    { name: "analytics", key: params, tags: ["people", "batches", "demos", "certificates", "syncs"] },
    () => loadAnalytics(db, params, "screen", reader.now),
  );

export const readBatchOptions = (db: Db, reader: Reader) =>
  sharedRead(reader, { name: "batch-options", key: null, tags: ["batches"] }, () => listBatchOptions(db));

/** `GET /api/v1/admin/dashboard`. Its batches have their registration keys: not for another place than this process. */
export const readV1Dashboard = (db: Db, reader: Reader): Promise<SharedBody> =>
  sharedBody(
    reader,
    {
      name: "v1-dashboard",
      key: viewOf(reader.viewer),
      tags: ["people", "batches", "demos", "certificates", "syncs"],
      memoryOnly: true,
    },
    async () => {
      const found = await getDashboardOverview(db, reader.viewer, reader.now);
      return {
        stats: toV1Stats(found.totals),
        recent_students: found.recentStudents.map(toV1User),
        active_batches: found.activeBatches,
      };
    },
  );

type V1Filters = UserConditions & { page: number; pageSize: number };

/** `GET /api/v1/admin/users`: as above. */
export const readV1Users = (db: Db, filters: V1Filters, reader: Reader): Promise<SharedBody> => {
  const { page, pageSize } = filters;
  return sharedBody(
    reader,
    {
      name: "v1-users",
      key: [viewOf(reader.viewer), ...conditionsOf(filters), page, pageSize],
      tags: ["people", "batches", "demos", "certificates", "syncs"],
      memoryOnly: true,
    },
    async () => {
      const { users, total } = await listUserOverviews(db, filters, reader.viewer, reader.now);
      return { users: users.map(toV1User), total_count: total, page, page_size: pageSize };
    },
  );
};
