"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** As long as the route itself is content with what it knows. */
const AGAIN_MS = 120_000;

/** Of this page load: choosing another period builds the overview anew, which is no reason to ask again. */
let askedAt = Number.NEGATIVE_INFINITY;

/**
 * Between two syncs: asks for today's figure once the page stands, and has the page built again when there is a newer
 * one than `known` (ISO; null for none). Says nothing when there is not: the page tells how fresh it is.
 */
export function TodayLook({ known }: { known: string | null }) {
  const router = useRouter();

  useEffect(() => {
    if (performance.now() - askedAt < AGAIN_MS) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      askedAt = performance.now();
      const told = await ask(stop.signal);
      if (told !== null && !stop.signal.aborted && (known === null || told > Date.parse(known))) router.refresh();
    });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [known, router]);

  return null;
}

/** When WakaTime told a figure of today; null without one, and when it could not be asked. */
async function ask(signal: AbortSignal): Promise<number | null> {
  try {
    const answer = await fetch("/api/wakatime/today", { method: "POST", signal });
    if (!answer.ok) return null;
    const { data } = await answer.json();
    return data?.source === "live" ? Date.parse(data.as_of) : null;
  } catch {
    return null;
  }
}
