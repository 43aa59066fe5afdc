"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import type { StartableJob } from "@/lib/jobs/run-now";
import { runJobAction } from "./actions";

/** Starts a job out of its turn, and says that it was asked for. */
export function RunJob({ job, name }: { job: StartableJob; name: string }) {
  const [asked, setAsked] = useState(false);
  return (
    <div className="ml-auto grid w-fit gap-1" onSubmit={() => setAsked(false)}>
      <ActionForm
        action={runJobAction}
        submit={
          <>
            Run now<span className="sr-only">: {name}</span>
          </>
        }
        look="plain"
        className="grid gap-1"
        onDone={() => setAsked(true)}
      >
        {() => <input type="hidden" name="job" value={job} />}
      </ActionForm>
      <p role="status" className="text-xs text-good empty:hidden">
        {asked ? "asked for" : null}
      </p>
    </div>
  );
}
