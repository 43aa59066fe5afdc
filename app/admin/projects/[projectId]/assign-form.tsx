"use client";

import { useState } from "react";
import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { formatCount } from "@/lib/format";
import type { BulkResult } from "@/lib/lists/bulk";
import { assignStudentsAction } from "../actions";

type Props = { projectId: number; available: { id: number; name: string }[] };

/** The active students of the batch who are free, to be put on the project, one, some or all of them. */
export function AssignForm({ projectId, available }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [search, setSearch] = useState("");
  const [result, setResult] = useState<BulkResult | null>(null);
  const found = available.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  const all = found.length > 0 && found.every(({ id }) => chosen.has(id));
  const set = (ids: number[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) on ? next.add(id) : next.delete(id);
    setChosen(next);
  };
  // Listened to here: once everybody free is assigned, the form is gone before it could tell.
  const assign =
    (close: () => void): FormAction<BulkResult> =>
    async (previous, data) => {
      const answer = await assignStudentsAction(previous, data);
      if (!answer.ok) return answer;
      setChosen(new Set());
      if (answer.data.failed.length > 0) setResult(answer.data);
      else close();
      return answer;
    };
  return (
    <Dialog trigger="Assign students" title="Assign students" look="primary" small>
      {(close) =>
        result ? (
          <Outcome
            result={result}
            onClose={() => {
              setResult(null);
              close();
            }}
          />
        ) : available.length === 0 ? (
          <p className="text-sm">
            No student of this batch is free: each is on a project already, was on this one, or is not active.
          </p>
        ) : (
          <ActionForm
            action={assign(close)}
            submit={chosen.size === 0 ? "Assign" : `Assign ${formatCount(chosen.size)}`}
          >
            {(errors) => (
              <>
                <input type="hidden" name="projectId" value={projectId} />
                <input type="hidden" name="students" value={[...chosen].join(",")} />
                <input
                  type="search"
                  aria-label="Search available students"
                  placeholder="Search"
                  className="control"
                  value={search}
                  onChange={(event) => setSearch(event.target.value)}
                />
                <fieldset className="grid">
                  <legend className="label pb-1">Active students of the batch without an open project</legend>
                  <label className="tap flex items-center gap-2.5 border-b py-1.5 text-sm font-medium">
                    <input
                      type="checkbox"
                      className="size-4 accent-accent"
                      checked={all}
                      onChange={(event) =>
                        set(
                          found.map(({ id }) => id),
                          event.target.checked,
                        )
                      }
                    />
                    Select all {formatCount(found.length)}
                  </label>
                  <div className="max-h-64 overflow-y-auto">
                    {found.map(({ id, name }) => (
                      <label key={id} className="tap flex items-center gap-2.5 py-1.5 text-sm">
                        <input
                          type="checkbox"
                          className="size-4 accent-accent"
                          checked={chosen.has(id)}
                          onChange={(event) => set([id], event.target.checked)}
                        />
                        {name}
                      </label>
                    ))}
                  </div>
                </fieldset>
                {errors.students ? (
                  <p role="alert" className="text-sm text-bad">
                    {errors.students}
                  </p>
                ) : null}
              </>
            )}
          </ActionForm>
        )
      }
    </Dialog>
  );
}

function Outcome({ result, onClose }: { result: BulkResult; onClose: () => void }) {
  return (
    <div className="grid gap-3 text-sm">
      <p role="status">
        {formatCount(result.done)} assigned, {formatCount(result.failed.length)} not:
      </p>
      <ul className="border-t">
        {result.failed.map(({ label, reason }) => (
          <li key={label} className="border-b py-1.5">
            <span className="font-medium">{label}</span> {reason}
          </li>
        ))}
      </ul>
      <Button onClick={onClose} className="justify-self-start">
        Close
      </Button>
    </div>
  );
}
