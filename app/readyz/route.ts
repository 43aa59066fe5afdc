import { getDb } from "@/db/client";
import { countPendingMigrations } from "@/db/queries/readiness";
import { describeError } from "@/lib/observability/describe-error";
import { log } from "@/lib/observability/log";

export const dynamic = "force-dynamic";

const answer = (status: number, body: Record<string, unknown>) =>
  Response.json(body, { status, headers: { "Cache-Control": "no-store" } });

/** The database answers and has every migration; 503 with the reason otherwise. */
export async function GET() {
  try {
    const pending = await countPendingMigrations(getDb());
    if (pending > 0) return answer(503, { status: "not ready", reason: `${pending} migrations are missing` });
    return answer(200, { status: "ready" });
  } catch (error) {
    log.warn(describeError(error), "not ready");
    return answer(503, { status: "not ready", reason: "the database does not answer" });
  }
}
