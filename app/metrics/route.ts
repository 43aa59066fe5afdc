import { getDb } from "@/db/client";
import { getOperations } from "@/db/queries/operations";
import { DatabaseAwayError, PoolBusyError } from "@/lib/errors";
import { describeError } from "@/lib/observability/describe-error";
import { askFront } from "@/lib/observability/front-state";
import { log } from "@/lib/observability/log";
import { PROMETHEUS_TYPE, type Told, toPrometheus } from "@/lib/observability/prometheus";
import { instanceReport } from "@/lib/observability/report";
import { answerMetrics } from "./answer";

export const dynamic = "force-dynamic";

/** For Prometheus: all processes of this instance, and what the database knows of jobs and syncs. */
export const GET = (request: Request) =>
  answerMetrics(request, PROMETHEUS_TYPE, async () => {
    const [report, front, told] = await Promise.all([instanceReport(), askFront(), operationsIfThere()]);
    return toPrometheus(report, front, told);
  });

/** A database that is away is one of the facts, not a reason to say nothing. */
async function operationsIfThere(): Promise<Told> {
  try {
    return await getOperations(getDb());
  } catch (error) {
    log.warn(describeError(error), "metrics without the database");
    return error instanceof PoolBusyError && !(error instanceof DatabaseAwayError) ? "busy" : "away";
  }
}
