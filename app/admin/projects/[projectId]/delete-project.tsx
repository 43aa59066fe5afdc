"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { deleteProjectAction } from "../actions";

type Props = {
  projectId: number;
  name: string;
  cancelled: boolean;
  total: number;
  completed: number;
  offers: number;
  links: number;
};

const many = (count: number, one: string, several: string) => `${count} ${count === 1 ? one : several}`;

/** Says what goes with the project, and offers to cancel it instead, which keeps everything. */
export function DeleteProject({ projectId, name, cancelled, total, completed, offers, links }: Props) {
  const choice = total > 0 && !cancelled;
  const [picked, setPicked] = useState("cancel");
  const what = choice ? picked : "delete";
  return (
    <Dialog trigger="Delete" title={`Delete ${name}?`} look="quiet" small>
      {(close) => (
        <ActionForm
          action={deleteProjectAction}
          submit={what === "cancel" ? "Cancel the project" : "Delete the project"}
          look={what === "cancel" ? "primary" : "danger"}
          onDone={close}
        >
          {() => (
            <>
              <input type="hidden" name="projectId" value={projectId} />
              <input type="hidden" name="assignments" value={total} />
              {total > 0 ? (
                <p className="text-sm">
                  It has {many(total, "assignment", "assignments")}: {completed} completed, {offers} with an offer date,{" "}
                  {links} with links. Deleting takes all of that away for good.
                </p>
              ) : (
                <p className="text-sm">Nobody was ever assigned to it. It cannot be brought back.</p>
              )}
              {choice ? (
                <fieldset className="grid gap-1">
                  <legend className="sr-only">What should happen</legend>
                  {[
                    ["cancel", "Cancel it instead: everything stays, its students are free for another project"],
                    ["delete", `Delete it with its ${many(total, "assignment", "assignments")}`],
                  ].map(([value, label]) => (
                    <label key={value} className="tap flex items-start gap-2.5 py-1 text-sm">
                      <input
                        type="radio"
                        name="what"
                        value={value}
                        checked={what === value}
                        onChange={() => setPicked(value ?? "cancel")}
                        className="mt-0.5 size-4 accent-accent"
                      />
                      {label}
                    </label>
                  ))}
                </fieldset>
              ) : null}
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}
