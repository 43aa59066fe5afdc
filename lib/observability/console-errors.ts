import { describeError } from "./describe-error";
import { log } from "./log";
import { currentRequest } from "./request-context";

type Failed = Error & { digest?: string };

/**
 * Takes the framework's own lines about failed pages over: as it prints them they hold the parameters of a statement that
 * failed. The log gets one structured line instead, and the error the request's id for the page that is then shown: what
 * a framework calls `digest` is a hash that stands nowhere else.
 */
export function logConsoleErrors(target: Pick<Console, "error"> = console): void {
  const print = target.error.bind(target);
  target.error = (...parts: unknown[]) => {
    const error = parts.find((part): part is Failed => part instanceof Error);
    if (!error) return print(...parts);
    const id = currentRequest()?.id;
    // Drawing the page around what failed, the framework comes upon the same error again.
    if (id !== undefined && error.digest === id) return;
    log.error({ ...(id && { id }), ...describeError(error) }, "unexpected error");
    if (id !== undefined && isHash(error.digest)) error.digest = id;
  };
}

/** Other digests are the framework's orders to itself. */
const isHash = (digest: string | undefined): boolean => digest !== undefined && /^\d+$/.test(digest);
