"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { formatCount } from "@/lib/format";
import type { VerdictKind } from "@/lib/roster/verdict-kinds";

type Props = {
  counts: Record<VerdictKind, number>;
  invitable: number;
  pending: boolean;
  onApply: (invite: boolean) => void;
};

const people = (count: number) => `${formatCount(count)} ${count === 1 ? "person" : "people"}`;

export function ApplyPanel({ counts, invitable, pending, onApply }: Props) {
  const [ticked, setTicked] = useState(false);
  const invite = ticked && invitable > 0;
  const changing = counts.new + counts.changed > 0;
  return (
    <Panel title="Import">
      <div className="grid max-w-2xl gap-4">
        <ul className="grid list-disc gap-1 pl-5 text-sm">
          <li>
            An empty cell changes nothing, and nobody is removed: people who are not in the list stay as they are.
          </li>
          <li>
            New people become students, with the status “invited” until they accept. The start date counts for new
            enrolments and moves only.
          </li>
          {counts.error > 0 ? (
            <li className="text-bad">
              {counts.error === 1
                ? "1 row has an error and is"
                : `${formatCount(counts.error)} rows have errors and are`}{" "}
              left out.
            </li>
          ) : null}
        </ul>
        {invitable > 0 ? (
          <label className="tap flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={ticked}
              onChange={(event) => setTicked(event.target.checked)}
            />
            Invite by mail the {people(invitable)} who {invitable === 1 ? "has" : "have"} not accepted yet
          </label>
        ) : null}
        <Button
          look="primary"
          className="justify-self-start"
          disabled={pending || !(changing || invite)}
          onClick={() => onApply(invite)}
        >
          {pending
            ? "One moment…"
            : changing
              ? `Import ${formatCount(counts.new)} new and ${formatCount(counts.changed)} changed`
              : invite
                ? `Invite ${people(invitable)}`
                : "Nothing to import"}
        </Button>
      </div>
    </Panel>
  );
}
