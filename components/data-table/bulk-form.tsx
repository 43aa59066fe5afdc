"use client";

import { type ReactNode, useState } from "react";
import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatCount } from "@/lib/format";
import type { BulkResult } from "@/lib/lists/bulk";
import type { Selection } from "./selection-bar";

type Props = {
  action: FormAction<BulkResult>;
  selection: Selection;
  noun: readonly [one: string, several: string];
  /** On the button, in the heading and on the button that does it: "Move to a batch". */
  label: string;
  /** What was done, after the number: "moved". */
  done: string;
  look?: "plain" | "danger";
  children?: (fields: Record<string, string>) => ReactNode;
};

/** One thing to do with everything that is selected, in a dialog that then says how many were done and who not, and why. */
export function BulkForm({ action, selection, noun, label, done, look = "plain", children }: Props) {
  const [result, setResult] = useState<BulkResult | null>(null);
  // A dialog that opens again begins anew.
  const [turn, setTurn] = useState(0);
  const count = formatCount(selection.count);
  const onClose = () => {
    setTurn(turn + 1);
    if (result) selection.clear();
    setResult(null);
  };
  return (
    <Dialog
      trigger={label}
      title={`${label}: ${count} ${noun[selection.count === 1 ? 0 : 1]}`}
      look={look}
      small
      onClose={onClose}
    >
      {(close) =>
        result ? (
          <BulkOutcome result={result} done={done} onClose={close} />
        ) : (
          <ActionForm
            key={turn}
            action={action}
            submit={label}
            look={look === "danger" ? "danger" : "primary"}
            onDone={setResult}
          >
            {(fields) => (
              <>
                <input type="hidden" name="selection" value={selection.field} />
                {children?.(fields)}
              </>
            )}
          </ActionForm>
        )
      }
    </Dialog>
  );
}

type OutcomeProps = { result: BulkResult; done: string; onClose: () => void };

/** So many names stand behind one reason before the rest is counted. */
const MOST_NAMED = 20;

function BulkOutcome({ result, done, onClose }: OutcomeProps) {
  const failures = result.failed.length;
  const reasons = Map.groupBy(result.failed, (each) => each.reason);
  return (
    <div className="grid gap-3 text-sm">
      <p role="status">
        {formatCount(result.done)} {done}
        {failures > 0 ? `, ${formatCount(failures)} not:` : "."}
      </p>
      {failures > 0 ? (
        <ul className="max-h-60 overflow-y-auto border-t">
          {[...reasons].map(([reason, each]) => (
            <li key={reason} className="border-b py-1.5">
              <span className="font-medium">
                {each
                  .slice(0, MOST_NAMED)
                  .map(({ label }) => label)
                  .join(", ")}
                {each.length > MOST_NAMED ? ` and ${formatCount(each.length - MOST_NAMED)} more` : ""}
              </span>
              : {reason}
            </li>
          ))}
        </ul>
      ) : null}
      <Button onClick={onClose} className="justify-self-start">
        Close
      </Button>
    </div>
  );
}
