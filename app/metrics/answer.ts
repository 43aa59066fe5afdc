import { metricsAccess } from "@/lib/auth/metrics-access";
import { describeError } from "@/lib/observability/describe-error";
import { log } from "@/lib/observability/log";

const NOT_KEPT = { "Cache-Control": "private, no-store" };

const refuse = (status: number, message: string): Response =>
  Response.json({ success: false, message, detail: message }, { status, headers: NOT_KEPT });

/** Answers whoever may read metrics with what `make` makes, as `type`. */
export async function answerMetrics(request: Request, type: string, make: () => Promise<string>): Promise<Response> {
  try {
    const access = await metricsAccess(request);
    if (access === 401) return refuse(401, "Please sign in as an admin, or send a token.");
    if (access === 403) return refuse(403, "Only admins may see this.");
    return new Response(await make(), { headers: { ...NOT_KEPT, "Content-Type": type } });
  } catch (error) {
    log.error(describeError(error), "metrics");
    return refuse(503, "The metrics cannot be read right now.");
  }
}
