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
  const count = formatCount(selection.count);
  return (
    <Dialog trigger={label} title={`${label}: ${count} ${noun[selection.count === 1 ? 0 : 1]}`} look={look} small>
      {(close) =>
        result ? (
          <BulkOutcome
            result={result}
            done={done}
            onClose={() => {
              close();
              selection.clear();
            }}
          />
        ) : (
          <ActionForm action={action} submit={label} look={look === "danger" ? "danger" : "primary"} onDone={setResult}>
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

function BulkOutcome({ result, done, onClose }: OutcomeProps) {
  const failures = result.failed.length;
  return (
    <div className="grid gap-3 text-sm">
      <p role="status">
        {formatCount(result.done)} {done}
        {failures > 0 ? `, ${formatCount(failures)} not:` : "."}
      </p>
      {failures > 0 ? (
        <ul className="max-h-60 overflow-y-auto border-t">
          {result.failed.map((each) => (
            <li key={each.label} className="border-b py-1.5">
              <span className="font-medium">{each.label}</span>: {each.reason}
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
