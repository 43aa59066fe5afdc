import { toPerformance } from "@/lib/observability/performance";
import { instanceReport } from "@/lib/observability/report";
import { answerMetrics } from "../answer";

export const dynamic = "force-dynamic";

/** The figures of product.md section 9; docs/operations.md says what each of them is, with its unit. */
export const GET = (request: Request) =>
  answerMetrics(request, "application/json", async () => JSON.stringify(toPerformance(await instanceReport())));
