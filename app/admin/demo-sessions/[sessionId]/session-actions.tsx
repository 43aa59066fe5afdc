"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import type { SessionTarget } from "@/db/queries/demo-session-page";
import { EditSession } from "./edit-session";
import { CancelSession, DeleteSession, RestoreSession, SwitchSession } from "./end-session";

type Props = {
  session: ComponentProps<typeof EditSession>["session"];
  cancelled: boolean;
  hasBegun: boolean;
  /** To present still; waiting; presented or missed. */
  placed: number;
  waiting: number;
  marked: number;
  /** Somebody has presented: it took place, and cannot be called off any more. */
  tookPlace: boolean;
  targets: SessionTarget[];
  batches: { id: number; name: string }[];
};

/** All that staff can do with a session itself, and what came of the last of it. */
export function SessionActions({
  session,
  cancelled,
  hasBegun,
  placed,
  waiting,
  marked,
  tookPlace,
  targets,
  batches,
}: Props) {
  const [outcome, setOutcome] = useState<string | null>(null);
  const path = `/admin/demo-sessions/${session.id}`;
  const ended = { session: { ...session, cancelled }, hasBegun, placed, waiting, targets };
  return (
    <div className="-mt-2 mb-6 grid gap-3">
      <div className="flex flex-wrap items-start gap-2">
        {cancelled ? (
          <RestoreSession key={session.version} session={session} />
        ) : (
          <>
            <Link href={`${path}/run`} className={buttonClass({ look: "primary", small: true })}>
              Run the session
            </Link>
            <EditSession
              key={`edit ${session.version}`}
              session={session}
              batches={batches}
              signedUp={placed + waiting}
            />
            <SwitchSession key={`switch ${session.version}`} session={session} />
          </>
        )}
        <Link href={`${path}/sheet`} prefetch={false} className={buttonClass({ small: true })}>
          Running sheet
        </Link>
        {cancelled || tookPlace ? null : (
          <CancelSession key={`cancel ${session.version}`} {...ended} onCancelled={setOutcome} />
        )}
        <DeleteSession key={`delete ${session.version}`} {...ended} marked={marked} tookPlace={tookPlace} />
      </div>
      <p role="status" className="text-sm empty:hidden">
        {cancelled ? outcome : null}
      </p>
    </div>
  );
}
