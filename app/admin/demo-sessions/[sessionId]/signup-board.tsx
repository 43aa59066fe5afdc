"use client";

import { useState } from "react";
import { Empty } from "@/components/ui/empty";
import { Figure } from "@/components/ui/figure";
import { Panel } from "@/components/ui/panel";
import { placesInWords } from "../session-words";
import { overlay } from "./mark-queue";
import { RunningList } from "./running-list";
import { SendingState } from "./sending-state";
import { SignUpForm } from "./sign-up-form";
import { type BoardSignup, SignupName, SignupTopic } from "./signup-facts";
import { useMarks } from "./use-marks";
import { WaitingList } from "./waiting-list";
import { WithdrawForm } from "./withdraw-form";

type Props = {
  sessionId: number;
  viewerId: number;
  signups: BoardSignup[];
  maxScheduled: number | null;
  cancelled: boolean;
  /** Somebody can still be signed up, by this person. */
  canSignUp: boolean;
};

const number = "text-2xl font-medium tracking-tight";

/** Everybody who signed up: who presents, in which order and how it went, who waits, who withdrew. */
export function SignupBoard({ sessionId, viewerId, signups, maxScheduled, cancelled, canSignUp }: Props) {
  const { state, mark, retry } = useMarks(sessionId, viewerId, signups);
  const [leaving, setLeaving] = useState<BoardSignup | null>(null);
  const [said, setSaid] = useState("");
  const rows = signups.map((row) => overlay(row, state));
  const having = (...statuses: string[]) => rows.filter(({ status }) => statuses.includes(status));
  const placed = having("scheduled", "presented", "no_show");
  const [waiting, withdrawn] = [having("waitlisted"), having("cancelled")];
  const ratings = rows.flatMap(({ rating }) => rating ?? []);
  const figures = [
    ["places", "places taken", placesInWords(placed.length, maxScheduled)],
    ["waiting", "waiting", waiting.length],
    ["presented", "presented", having("presented").length],
    ["no_show", "no-shows", having("no_show").length],
    ["rating", "average rating", ratings.length > 0 ? average(ratings) : "–"],
  ] as const;
  const full = maxScheduled !== null && placed.length >= maxScheduled;
  return (
    <>
      <dl className="mb-8 grid grid-cols-3 border-t sm:grid-cols-5">
        {figures.map(([key, label, value]) => (
          <Figure key={key} label={label}>
            <dd className={number} data-figure={key}>
              {value}
            </dd>
          </Figure>
        ))}
      </dl>
      <Panel
        title="Running order"
        className="mb-8"
        aside={
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <SendingState
              state={state}
              onRetry={retry}
              nameOf={(id) => signups.find((each) => each.id === id)?.name ?? "Somebody"}
            />
            {canSignUp ? <SignUpForm sessionId={sessionId} full={full} onDone={setSaid} /> : null}
          </div>
        }
      >
        <p role="status" className="mb-2 text-sm empty:hidden">
          {said}
        </p>
        {placed.length > 0 ? (
          <RunningList
            sessionId={sessionId}
            signups={placed}
            open={!cancelled}
            pending={new Set(state.waiting.map(({ signupId }) => signupId))}
            onMark={mark}
            onWithdraw={setLeaving}
          />
        ) : (
          <Empty title="Nobody has a place yet">
            {cancelled ? null : "Students sign up in their portal; staff can sign up those of their own batches."}
          </Empty>
        )}
      </Panel>
      {waiting.length > 0 ? (
        <Panel title="Waiting list" className="mb-8">
          <WaitingList signups={waiting} onWithdraw={cancelled ? null : setLeaving} />
        </Panel>
      ) : null}
      {withdrawn.length > 0 ? (
        <Panel title="Withdrawn">
          <ul className="border-t">
            {withdrawn.map((signup) => (
              <li key={signup.id} className="grid gap-x-4 border-b py-2 sm:grid-cols-2">
                <div>
                  <SignupName signup={signup} />
                </div>
                <SignupTopic signup={signup} />
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      {leaving ? (
        <WithdrawForm
          signup={leaving}
          firstWaiting={waiting.find(({ standing }) => standing === null)?.name ?? null}
          onClose={() => setLeaving(null)}
          onDone={(words) => {
            setLeaving(null);
            setSaid(words);
          }}
        />
      ) : null}
    </>
  );
}

/** With one decimal. */
const average = (values: number[]): string =>
  (Math.round((values.reduce((sum, each) => sum + each, 0) / values.length) * 10) / 10).toFixed(1);
