import { getDb } from "@/db/client";
import { getOperations, type Operations } from "@/db/queries/operations";
import { describeError } from "@/lib/observability/describe-error";
import { askFront } from "@/lib/observability/front-state";
import { log } from "@/lib/observability/log";
import { PROMETHEUS_TYPE, toPrometheus } from "@/lib/observability/prometheus";
import { instanceReport } from "@/lib/observability/report";
import { answerMetrics } from "./answer";

export const dynamic = "force-dynamic";

/** For Prometheus: all processes of this instance together, and what the database knows of jobs and syncs. */
export const GET = (request: Request) =>
  answerMetrics(request, PROMETHEUS_TYPE, async () => {
    const [report, front, operations] = await Promise.all([instanceReport(), askFront(), operationsIfThere()]);
    return toPrometheus(report, front, operations);
  });

/** A database that is away is one of the facts, not a reason to say nothing. */
async function operationsIfThere(): Promise<Operations | null> {
  try {
    return await getOperations(getDb());
  } catch (error) {
    log.warn(describeError(error), "metrics without the database");
    return null;
  }
}
