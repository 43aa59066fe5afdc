"use client";

import { useEffect, useRef } from "react";
import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { ToldLine, useTold } from "@/components/ui/told-line";
import { formatCount } from "@/lib/format";

export type SignInRow = {
  id: number;
  device: string;
  address: string | null;
  lastSeen: string;
  /** Exact, for a tooltip. */
  lastSeenAt: string;
  since: string;
  isThis: boolean;
};

type Props = {
  rows: SignInRow[];
  /** Of more than are shown, too. */
  total: number;
  endOne: FormAction;
  endOthers: FormAction<{ ended: number }>;
};

const others = (count: number) => (count === 1 ? "1 other sign-in" : `${formatCount(count)} other sign-ins`);

/** Where one is signed in, this place first; each can be signed out, and all others at once. */
export function SignIns({ rows, total, endOne, endOthers }: Props) {
  const [told, tell] = useTold();
  const status = useRef<HTMLParagraphElement>(null);
  // The button that was pressed goes with its row: the focus goes to what came of it.
  useEffect(() => {
    if (told.times > 0) status.current?.focus();
  }, [told]);
  return (
    <>
      {total > 1 ? (
        <ActionForm
          action={endOthers}
          submit="Sign out all others"
          look="plain"
          className="mb-3 grid max-w-60 gap-2"
          onDone={({ ended }) => tell(`${others(ended)} ${ended === 1 ? "is" : "are"} signed out.`)}
        >
          {() => null}
        </ActionForm>
      ) : null}
      <ToldLine told={told} ref={status} className="mb-3 outline-none empty:hidden" />
      <ul className="border-b">
        {rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t py-3">
            <SignInWords row={row} />
            {row.isThis ? null : (
              <ActionForm
                action={endOne}
                submit={
                  <>
                    Sign out<span className="sr-only"> {row.device}</span>
                  </>
                }
                look="plain"
                className="grid gap-2"
                onDone={() => tell(`${row.device} is signed out.`)}
              >
                {() => <input type="hidden" name="sessionId" value={row.id} />}
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
      {total > rows.length ? (
        <p className="mt-2 text-sm text-muted">
          {formatCount(total - rows.length)} more, seen longer ago, are not listed.
        </p>
      ) : null}
    </>
  );
}

function SignInWords({ row: { device, address, lastSeen, lastSeenAt, since, isThis } }: { row: SignInRow }) {
  return (
    <div className="min-w-0">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-medium break-words">{device}</span>
        {isThis ? <Badge tone="good">this one</Badge> : null}
      </p>
      <p className="label break-words">
        {address ?? "address not known"} ·{" "}
        <time dateTime={lastSeenAt} title={lastSeenAt}>
          {isThis ? "in use now" : `last seen ${lastSeen}`}
        </time>{" "}
        · signed in on {since}
      </p>
    </div>
  );
}
