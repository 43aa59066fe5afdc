"use client";

import { startTransition, useActionState, useEffect, useRef, useState } from "react";
import type { FormAction } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { FormDialog } from "@/components/ui/form-dialog";
import { ToldLine, useTold } from "@/components/ui/told-line";
import { aimInWords, type GoalAim, MOST_GOALS } from "@/lib/analytics/goal-aim";
import type { ActionResult } from "@/lib/errors";
import { createGoalAction, deleteGoalAction, editGoalAction } from "./actions";
import { GoalFields, type GoalNames } from "./goal-fields";
import { GoalItem, type ShownGoal } from "./goal-item";

type Props = {
  goals: ShownGoal[];
  names: GoalNames;
  /** Not for whoever looks at another's. */
  canChange: boolean;
};
type Outcome = { text: string; failed?: boolean; gone?: GoalAim };

/** One's goals with what can be done about them; a deleted one can be had back until one does something else or leaves. */
export function GoalList({ goals, names, canChange }: Props) {
  const [told, tell] = useTold();
  const [{ failed = false, gone }, setOutcome] = useState<Omit<Outcome, "text">>({});
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The button that was pressed may be gone: whoever uses a keyboard goes on from here.
    if (told.words && document.activeElement === document.body) line.current?.focus();
  }, [told]);
  const onDone = ({ text, ...outcome }: Outcome) => {
    tell(text);
    setOutcome(outcome);
  };
  const add = (label: string) => (
    <FormDialog
      trigger={label}
      title="Set a goal"
      action={createGoalAction}
      submit="Set the goal"
      onDone={() => onDone({ text: "The goal is set." })}
    >
      {(errors) => <GoalFields id="new" errors={errors} names={names} />}
    </FormDialog>
  );
  const [none, room] = [goals.length === 0, MOST_GOALS - goals.length];
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        {none || room === 0 || !canChange ? null : add("Set another goal")}
        {none ? null : (
          <p className="label">
            {room > 0 || !canChange
              ? `${goals.length} of ${MOST_GOALS}`
              : `${MOST_GOALS} goals are the most: change one, or delete one first.`}
          </p>
        )}
        <ToldLine told={told} failed={failed} ref={line} />
        {gone ? <Undo key={told.times} aim={gone} onDone={onDone} /> : null}
      </div>
      {none ? (
        <div className="border-t">
          <Empty title="No goal yet">
            <p className="mx-auto mb-4 max-w-prose">
              Some hours a day, a week or a month, of all coding or of one language or project. You see here and on your
              overview how far you are.
            </p>
            {canChange ? add("Set your first goal") : null}
          </Empty>
        </div>
      ) : (
        <ul>
          {goals.map((goal) => (
            <GoalItem key={goal.id} goal={goal}>
              {canChange ? (
                <>
                  <Change goal={goal} names={names} onDone={onDone} />
                  <Delete goal={goal} onDone={onDone} />
                </>
              ) : null}
            </GoalItem>
          ))}
        </ul>
      )}
    </>
  );
}

type OneProps = { goal: ShownGoal; onDone: (outcome: Outcome) => void };

function Change({ goal, names, onDone }: OneProps & { names: GoalNames }) {
  return (
    <FormDialog
      trigger={
        <>
          Change<span className="sr-only"> the goal: {aimInWords(goal)}</span>
        </>
      }
      title={`Change: ${aimInWords(goal)}`}
      action={editGoalAction}
      submit="Save"
      version={goal.version}
      onDone={() => onDone({ text: "Saved." })}
    >
      {(errors) => (
        <>
          <input type="hidden" name="goalId" value={goal.id} />
          <GoalFields id={`goal-${goal.id}`} errors={errors} aim={goal} names={names} />
        </>
      )}
    </FormDialog>
  );
}

/** A button that does something by itself: the action runs with these fields, and what it answers is told. */
function useAction<T>(action: FormAction<T>, onAnswer: (answer: ActionResult<T>) => void) {
  const noting: FormAction<T> = async (previous, data) => {
    const answer = await action(previous, data);
    onAnswer(answer);
    return answer;
  };
  const [, run, pending] = useActionState(noting, null);
  const send = (fields: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    startTransition(() => run(data));
  };
  return { pending, send };
}

function Delete({ goal, onDone }: OneProps) {
  const { pending, send } = useAction(deleteGoalAction, (answer) => {
    const { period, kind, name, targetMs } = goal;
    if (answer.ok) onDone({ text: `“${aimInWords(goal)}” is deleted.`, gone: { period, kind, name, targetMs } });
    else onDone({ text: answer.message, failed: true });
  });
  return (
    <Button small look="quiet" disabled={pending} onClick={() => send({ goalId: String(goal.id) })}>
      Delete<span className="sr-only"> the goal: {aimInWords(goal)}</span>
    </Button>
  );
}

function Undo({ aim, onDone }: { aim: GoalAim; onDone: (outcome: Outcome) => void }) {
  const { pending, send } = useAction(createGoalAction, (answer) =>
    onDone(answer.ok ? { text: "The goal is back." } : { text: answer.message, failed: true }),
  );
  const button = useRef<HTMLButtonElement>(null);
  // Where the deleted goal's own button had the focus.
  useEffect(() => button.current?.focus(), []);
  const minutes = Math.floor(aim.targetMs / 60_000);
  return (
    <Button
      ref={button}
      small
      disabled={pending}
      onClick={() =>
        send({
          what: aim.kind ?? "all",
          name: aim.name ?? "",
          period: aim.period,
          hours: String(Math.floor(minutes / 60)),
          minutes: String(minutes % 60),
        })
      }
    >
      Undo
    </Button>
  );
}
