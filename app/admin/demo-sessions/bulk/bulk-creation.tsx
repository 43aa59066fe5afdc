"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { SessionPlan } from "@/db/queries/demo-session-plan";
import { formatCount, formatDateWithWeekday } from "@/lib/format";
import { BulkForm } from "./bulk-form";

export type Created = { created: { id: number; date: string }[]; taken: string[] };

const sessions = (count: number) => `${formatCount(count)} demo ${count === 1 ? "session" : "sessions"}`;

/** The form, and once it has worked what came of it. */
export function BulkCreation({ plan }: { plan: SessionPlan }) {
  const [done, setDone] = useState<Created | null>(null);
  if (!done) return <BulkForm plan={plan} onDone={setDone} />;
  return (
    <div className="grid max-w-lg justify-items-start gap-4">
      <p role="status" className="font-medium">
        {sessions(done.created.length)} created.
      </p>
      {done.taken.length > 0 ? (
        <p className="text-sm">
          Left out, because a session stands there by now: {done.taken.map(formatDateWithWeekday).join(", ")}.
        </p>
      ) : null}
      <ul className="w-full border-t text-sm">
        {done.created.map(({ id, date }) => (
          <li key={id} className="border-b py-1.5">
            <Link
              href={`/admin/demo-sessions/${id}`}
              className="tap inline-flex items-center underline underline-offset-2"
            >
              {formatDateWithWeekday(date)}
            </Link>
          </li>
        ))}
      </ul>
      <Button onClick={() => setDone(null)}>Create more</Button>
    </div>
  );
}
