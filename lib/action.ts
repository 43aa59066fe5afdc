import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { fieldErrors } from "@/lib/auth/credentials";
import { getViewer } from "@/lib/auth/current";
import { isForeignWrite } from "@/lib/auth/foreign-write";
import { type ActionResult, DatabaseAwayError, failure, LOOKING_ONLY, poolBusy } from "@/lib/errors";
import { withoutNul } from "@/lib/input";
import { describeError } from "@/lib/observability/describe-error";
import { log } from "@/lib/observability/log";
import { currentRequest } from "@/lib/observability/request-context";

/**
 * A server action behind a form: refuses writes from other sites, parses the fields with `schema`, and turns what is
 * thrown into one generic sentence with an id that stands in the log too. Redirects pass through. Whoever views as
 * somebody else is refused, whatever the form.
 */
export function formAction<Schema extends z.ZodType, T = undefined>(
  schema: Schema,
  run: (input: z.infer<Schema>) => Promise<ActionResult<T>>,
): (previous: ActionResult<T> | null, data: FormData) => Promise<ActionResult<T>> {
  return async (_previous, data) => {
    // All of it: an error page in place of the form would take with it what was typed.
    try {
      if (isForeignWrite(await headers())) return failure("forbidden", "This request came from another site.");
      if ((await getViewer())?.viewedBy) return failure("forbidden", LOOKING_ONLY);
      const parsed = schema.safeParse(withoutNul(Object.fromEntries(data)));
      if (!parsed.success) {
        return failure("invalid", "Please look at the marked fields.", { fields: fieldErrors(parsed.error) });
      }
      return await run(parsed.data);
    } catch (error) {
      unstable_rethrow(error);
      return toFailure(error);
    }
  };
}

/** What a person is told of an error nobody expected; the log has the rest under the same id. */
export function toFailure(error: unknown): ReturnType<typeof failure> {
  const busy = poolBusy(error);
  if (busy) {
    const why =
      busy instanceof DatabaseAwayError
        ? "The academy's data cannot be reached right now."
        : "The academy is very busy right now.";
    return failure("unavailable", `${why} Please try again in a moment.`, {
      retryAfterSeconds: busy.retryAfterSeconds,
    });
  }
  const id = currentRequest()?.id ?? randomUUID();
  log.error({ id, ...describeError(error) }, "unexpected error");
  return failure("unexpected", `Something went wrong on our side. If it stays, tell your academy this id: ${id}.`);
}
