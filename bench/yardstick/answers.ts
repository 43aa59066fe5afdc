import type { Db } from "@/db/client";
import { getDashboardOverview, listUserOverviews } from "@/db/queries/user-overview";
import { toV1Stats, toV1User } from "@/lib/api-v1";

export type Answer = (now: Date) => Promise<unknown>;

const envelope = (data: unknown) => ({ success: true, message: null, data, error: null });

/** What the product's routes answer, by the same queries, without a session. */
export function bareAnswers(db: Db, admin: { id: number; role: "admin" }): Record<string, Answer> {
  return {
    "/dashboard": async (now) => {
      const { totals, recentStudents, activeBatches } = await getDashboardOverview(db, admin, now);
      return envelope({
        stats: toV1Stats(totals),
        recent_students: recentStudents.map(toV1User),
        active_batches: activeBatches,
      });
    },
    "/users": async (now) => {
      const filters = { page: 1, pageSize: 20, role: null, q: "", batch: null };
      const { users, total } = await listUserOverviews(db, filters, admin, now);
      return envelope({ users: users.map(toV1User), total_count: total, page: 1, page_size: 20 });
    },
  };
}
