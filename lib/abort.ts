/**
 * A controller that follows `parent` and, after `timeoutMs`, aborts by itself with a TimeoutError. `release` when the
 * work has ended: AbortSignal.any and AbortSignal.timeout would keep it all in memory until the time is over.
 */
export function followAbort(
  parent: AbortSignal | undefined,
  timeoutMs?: number,
): { controller: AbortController; release: () => void } {
  const controller = new AbortController();
  const follow = () => controller.abort(parent?.reason);
  if (parent?.aborted) follow();
  else parent?.addEventListener("abort", follow, { once: true });
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => controller.abort(new DOMException("The time is over.", "TimeoutError")), timeoutMs);
  return {
    controller,
    release() {
      clearTimeout(timer);
      parent?.removeEventListener("abort", follow);
    },
  };
}
