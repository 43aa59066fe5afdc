"use client";

import { ArrowLeft, ArrowRight } from "lucide-react";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import type { SessionSignup } from "@/db/queries/demo-session-page";
import { FeedbackField } from "../feedback-field";
import { MarkButtons, StarButtons } from "../mark-controls";
import { type Change, overlay } from "../mark-queue";
import { SendingState } from "../sending-state";
import { many, standingWords } from "../session-page-words";
import { SignupTopic } from "../signup-facts";
import { useMarks } from "../use-marks";
import { RunOrder } from "./run-order";
import { TalkClock } from "./talk-clock";
import { useFreshSignups } from "./use-fresh-signups";
import { useRunKeys } from "./use-run-keys";
import { useTalk } from "./use-talk";

type Props = { sessionId: number; viewerId: number; signups: SessionSignup[] };

/** The day itself, in one hand: who is on, their time, how it went, who is next. */
export function RunMode({ sessionId, viewerId, signups }: Props) {
  const fresh = useFreshSignups(sessionId, signups);
  const { state, mark, retry } = useMarks(sessionId, viewerId, fresh);
  const rows = fresh
    .map((row) => overlay(row, state))
    .filter(({ status }) => ["scheduled", "presented", "no_show"].includes(status));
  const talk = useTalk(sessionId, rows.find(({ status }) => status === "scheduled")?.id ?? rows[0]?.id ?? null);
  const at = Math.max(
    0,
    rows.findIndex(({ id }) => id === talk.onId),
  );
  const on = rows[at];
  const [previous, next] = [rows[at - 1], rows[at + 1]];

  // Whoever was on has withdrawn meanwhile.
  const gone = on !== undefined && on.id !== talk.onId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when somebody is gone
  useEffect(() => {
    if (on && gone) talk.goTo(on.id);
  }, [gone]);

  const markOn = (change: Change, delayMs?: number) => {
    if (!on) return;
    if (change.status && change.status !== "scheduled") talk.stop();
    mark(on.id, change, delayMs);
  };

  useRunKeys((key) => {
    const goal = { ArrowLeft: previous, ArrowRight: next }[key];
    const rating = /^[1-5]$/.test(key) ? Number(key) : null;
    if (goal) talk.goTo(goal.id);
    else if (key === "p" && on?.status !== "presented") markOn({ status: "presented" });
    else if (key === "n" && on?.status !== "no_show") markOn({ status: "no_show" });
    else if (key === "t") talk.toggle();
    else if (rating && rating !== on?.rating) markOn({ rating });
    else return false;
    return true;
  });

  if (!on) {
    return <Empty title="Nobody has a place in this session">Whoever signs up appears here.</Empty>;
  }
  const standing = standingWords(on.standing);
  const left = rows.filter(({ status }) => status === "scheduled").length;
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-10">
      <section aria-label="Who is on" className="grid content-start gap-4">
        <p className="text-sm text-muted">
          {at + 1} of {rows.length} · {left > 0 ? `${left} to present` : "everybody is marked"}
        </p>
        <div aria-live="polite">
          <h2 className="text-2xl font-semibold tracking-tight break-words" data-on={on.id}>
            {on.name}
          </h2>
          <p className="label">
            {on.batchName ?? "no batch"}
            {standing ? <span className="text-warn"> · {standing}</span> : null}
          </p>
        </div>
        <SignupTopic signup={on} />
        <TalkClock talk={talk} />
        <MarkButtons signup={on} onMark={markOn} large />
        <StarButtons signup={on} onMark={markOn} large />
        <FeedbackField key={on.id} signup={on} onMark={markOn} rows={3} />
        {/* Below everything: whatever it says, no button moves under the thumb. */}
        <div className="sticky bottom-0 -mx-4 grid gap-2 border-t bg-paper px-4 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:mx-0 sm:px-0">
          <SendingState
            state={state}
            onRetry={retry}
            nameOf={(id) => rows.find((row) => row.id === id)?.name ?? "Somebody"}
          />
          <nav aria-label="Presentations" className="grid grid-cols-[auto_minmax(0,1fr)] gap-2">
            <Button
              className="h-12"
              disabled={!previous}
              aria-label={previous ? `Previous: ${previous.name}` : "Previous"}
              onClick={() => previous && talk.goTo(previous.id)}
            >
              <ArrowLeft aria-hidden className="size-4" />
            </Button>
            <Button
              look={on.status === "scheduled" ? "plain" : "primary"}
              className="h-12 min-w-0"
              disabled={!next}
              onClick={() => next && talk.goTo(next.id)}
            >
              <span className="truncate">{next ? `Next: ${next.name}` : "That was the last one"}</span>
              {next ? <ArrowRight aria-hidden className="size-4 shrink-0" /> : null}
            </Button>
          </nav>
        </div>
      </section>
      <section aria-label="Order" className="border-t pt-3 lg:border-t-0 lg:pt-0">
        <h2 className="mb-2 text-sm font-semibold">
          Order <span className="font-normal text-muted">{many(rows.length, "presentation")}</span>
        </h2>
        <RunOrder
          rows={rows}
          onId={on.id}
          pending={new Set(state.waiting.map(({ signupId }) => signupId))}
          onChoose={talk.goTo}
        />
        <p className="label mt-3 max-lg:hidden">
          Keys: P presented, N no-show, 1 to 5 stars, T clock, arrows left and right.
        </p>
      </section>
    </div>
  );
}
