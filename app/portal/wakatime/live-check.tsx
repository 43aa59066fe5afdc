"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { formatAgo, formatCount } from "@/lib/format";
import { type LinkState, reasonText } from "./words";

const LOOK_AGAIN_MS = 2_000;
/** After this the wait is told to be a long one, and looked at less often. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_LATER_MS = 10_000;

type Props = { initial: LinkState; renderedAt: string };

/** Step three: watches the first sync without loading the page again, and says what came of it. */
export function LiveCheck({ initial, renderedAt }: Props) {
  const router = useRouter();
  const [seen, setSeen] = useState({ state: initial, at: new Date(renderedAt), late: false });
  const { running } = seen.state;

  useEffect(() => {
    if (!running) return;
    const began = Date.now();
    let timer: ReturnType<typeof setTimeout>;
    const stop = new AbortController();
    const look = async () => {
      const late = Date.now() - began > PATIENCE_MS;
      const state = document.hidden ? null : await ask(stop.signal);
      if (stop.signal.aborted) return;
      if (state) setSeen({ state, at: new Date(), late });
      // The rest of the page speaks of the same sync.
      if (state && !state.running) router.refresh();
      else timer = setTimeout(look, late ? LOOK_AGAIN_LATER_MS : LOOK_AGAIN_MS);
    };
    timer = setTimeout(look, LOOK_AGAIN_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [running, router]);

  return (
    <div role="status" className="grid gap-3">
      <Progress {...seen} />
    </div>
  );
}

/** How the link stands now; null when it could not be asked, which is tried again. */
async function ask(signal: AbortSignal): Promise<LinkState | null> {
  try {
    const answer = await fetch("/api/wakatime/connection", { signal });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function Progress({ state, at, late }: { state: LinkState; at: Date; late: boolean }) {
  const days = state.days === 1 ? "1 day" : `${formatCount(state.days)} days`;
  if (state.status !== "active") {
    return state.days > 0 ? (
      <>
        <p>{days} stored. New ones arrive once WakaTime is connected again.</p>
        <SeeHours />
      </>
    ) : (
      <p>Hours arrive here once WakaTime is connected.</p>
    );
  }
  if (state.running) {
    return (
      <p className="text-ink">
        <span
          aria-hidden
          className="mr-2 inline-block size-2 animate-pulse rounded-full bg-accent motion-reduce:animate-none"
        />
        {late
          ? "This takes longer than usual. It goes on without this page, too: come back later."
          : "Your days are being read…"}
      </p>
    );
  }
  const reason = reasonText(state.reason);
  return (
    <>
      {state.lastSyncedAt ? (
        <p className="text-ink">
          {state.hasCoding
            ? `Connected, synced ${formatAgo(new Date(state.lastSyncedAt), at)}, ${days} stored.`
            : "Connected, but no coding has been counted yet: is the plugin installed?"}
        </p>
      ) : reason ? null : (
        <p>Not synced yet: the last 14 days come with the next nightly sync.</p>
      )}
      {reason ? <p>{reason}</p> : null}
      {state.hasCoding ? <SeeHours /> : null}
    </>
  );
}

const SeeHours = () => (
  <p className="text-ink">
    <Link href="/portal" prefetch={false} className={buttonClass({ look: "plain" })}>
      See your hours
    </Link>
  </p>
);
