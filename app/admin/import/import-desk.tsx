"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { DryRun } from "@/lib/roster/dry-run";
import { ApplyPanel } from "./apply-panel";
import { DonePanel } from "./done-panel";
import { ReadingPanel } from "./reading-panel";
import { type Applied, applyRoster, checkRoster, type Reading, type Source } from "./roster-call";
import { SourcePanel } from "./source-panel";
import { VerdictsPanel } from "./verdicts-panel";

export type BatchOption = { id: number; name: string };

const CHANGED_MEANWHILE =
  "Nothing was imported: something has changed since the check. Below is what would happen now; please look again.";

/** From a file to its verdicts to what they do. Nothing is kept on the server in between. */
export function ImportDesk({ batches }: { batches: BatchOption[] }) {
  const router = useRouter();
  const [source, setSource] = useState<Source | null>(null);
  const [reading, setReading] = useState<Reading>({ batchId: null });
  const [dryRun, setDryRun] = useState<DryRun | null>(null);
  const [applied, setApplied] = useState<Applied | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const latest = useRef<AbortController>(null);

  async function check(nextSource: Source, nextReading: Reading) {
    latest.current?.abort();
    const controller = new AbortController();
    latest.current = controller;
    setSource(nextSource);
    setReading(nextReading);
    setFault(null);
    setPending(true);
    const answer = await checkRoster(nextSource, nextReading, controller.signal);
    // A newer choice has its own answer on the way.
    if (controller.signal.aborted) return;
    setPending(false);
    if (answer.ok) setDryRun(answer.data);
    else {
      setFault(answer.message);
      setDryRun(null);
    }
  }

  async function apply(invite: boolean) {
    if (!source || !dryRun) return;
    setPending(true);
    setFault(null);
    const answer = await applyRoster(source, reading, dryRun, invite);
    setPending(false);
    if (!answer.ok) return setFault(answer.message);
    if (answer.data.outcome === "changed-meanwhile") {
      setDryRun(answer.data.dryRun);
      return setFault(CHANGED_MEANWHILE);
    }
    setApplied(answer.data);
    setDryRun(null);
    setSource(null);
    // The invitations below have become more.
    router.refresh();
  }

  function again() {
    setApplied(null);
    setReading({ batchId: null });
  }

  if (applied) return <DonePanel applied={applied} onAgain={again} />;
  return (
    <div className="grid grid-cols-1 gap-8">
      <SourcePanel
        batches={batches}
        batchId={reading.batchId}
        pending={pending}
        onBatch={(batchId) =>
          source && dryRun ? check(source, { ...reading, batchId }) : setReading({ ...reading, batchId })
        }
        onSource={(next) => check(next, { batchId: reading.batchId })}
        onFault={(message) => {
          setFault(message);
          setDryRun(null);
        }}
      />
      {fault ? (
        <p role="alert" className="border-l-2 border-bad pl-3 text-sm text-bad">
          {fault}
        </p>
      ) : null}
      {source && dryRun ? (
        <>
          <ReadingPanel
            name={source.name}
            file={dryRun.file}
            reading={reading}
            pending={pending}
            onChange={(change) => check(source, { ...reading, ...change })}
          />
          {dryRun.file.missing.length === 0 ? (
            <>
              <VerdictsPanel dryRun={dryRun} name={source.name} pending={pending} />
              <ApplyPanel counts={dryRun.counts} invitable={dryRun.invitable} pending={pending} onApply={apply} />
            </>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
