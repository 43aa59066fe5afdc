import clsx from "clsx";
import type { ReactNode } from "react";
import { formatCount } from "@/lib/format";
import { hoursFor, NIGHT_HOURS } from "./night";

/** What WAKATIME_REQUESTS_PER_SECOND can be at most. */
const MOST_PER_SECOND = 10;

/** A sentence that somebody should act on. */
export function Notice({ tone, children }: { tone: "accent" | "warn" | "bad"; children: ReactNode }) {
  const line = { accent: "border-accent", warn: "border-warn", bad: "border-bad" }[tone];
  return <p className={clsx("mb-4 border-l-2 pl-3 text-sm", line)}>{children}</p>;
}

type Props = {
  jobsOff: boolean;
  configured: boolean;
  linked: number;
  /** How many calls a second are allowed; null when WakaTime is the local stand-in, which has no limit. */
  perSecond: number | null;
};

/** What keeps the syncs from doing their work in this installation, each in one sentence. */
export function SyncNotices({ jobsOff, configured, linked, perSecond }: Props) {
  const hours = perSecond === null ? 0 : hoursFor(linked, perSecond);
  return (
    <>
      {jobsOff ? (
        <Notice tone="bad">
          Background jobs are off, so no sync runs. Set TRIGGER_SECRET_KEY, or JOBS_BACKEND=embedded and run a worker.
        </Notice>
      ) : null}
      {configured ? null : (
        <Notice tone="bad">
          WakaTime is not configured, so no sync runs. Set WAKATIME_CLIENT_ID, WAKATIME_CLIENT_SECRET and
          WAKATIME_TOKEN_KEYS.
        </Notice>
      )}
      {perSecond !== null && hours > NIGHT_HOURS ? (
        <Notice tone="warn">
          A night does not suffice: at {perSecond} {perSecond === 1 ? "request" : "requests"} a second{" "}
          {formatCount(linked)} students take {formatCount(Math.round(hours))} h, and a night has {NIGHT_HOURS}.
          {perSecond < MOST_PER_SECOND
            ? ` Raise WAKATIME_REQUESTS_PER_SECOND, at most to ${MOST_PER_SECOND}.`
            : " WakaTime allows no more: the sync goes on into the day."}
        </Notice>
      ) : null}
    </>
  );
}
