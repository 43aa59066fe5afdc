"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { isOpenRun } from "@/components/coding/sync-words";
import type { SyncRunProgress } from "@/db/queries/sync-run-detail";

const POLL_MS = 1_500;
const SLOWEST_POLL_MS = 15_000;

/** An answer that no further asking will change: signed out, no longer allowed, or gone. */
const isFinal = (status: number) => status === 401 || status === 403 || status === 404;

type Followed = {
  progress: SyncRunProgress;
  /** Why the figures do not move, in a sentence; null while they are read. */
  trouble: string | null;
};

/**
 * Follows an open run until it is over, then has the rest of the page drawn anew, once. Fewer and fewer questions
 * while the server does not answer; none while the page is out of sight.
 */
export function useRunProgress(runId: number, initial: SyncRunProgress): Followed {
  const router = useRouter();
  const [followed, setFollowed] = useState<Followed>({ progress: initial, trouble: null });
  const open = isOpenRun(followed.progress.state);

  useEffect(() => {
    if (!open) return;
    const stopped = new AbortController();
    let failures = 0;
    let timer: ReturnType<typeof setTimeout>;

    const again = () => {
      timer = setTimeout(ask, Math.min(POLL_MS * 2 ** failures, SLOWEST_POLL_MS));
    };
    const ask = async () => {
      if (document.hidden) return again();
      try {
        const response = await fetch(`/api/sync-runs/${runId}`, { signal: stopped.signal });
        if (isFinal(response.status)) {
          const trouble = "The figures can no longer be read here. Reload the page to see why.";
          return setFollowed((last) => ({ ...last, trouble }));
        }
        if (!response.ok) throw new Error(String(response.status));
        const progress = (await response.json()) as SyncRunProgress;
        failures = 0;
        setFollowed({ progress, trouble: null });
        if (isOpenRun(progress.state)) again();
        else router.refresh();
      } catch {
        if (stopped.signal.aborted) return;
        failures += 1;
        setFollowed((last) => ({ ...last, trouble: "The server does not answer. Asking again by itself." }));
        again();
      }
    };
    again();
    return () => {
      stopped.abort();
      clearTimeout(timer);
    };
  }, [open, runId, router]);

  return followed;
}
