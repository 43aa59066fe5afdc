"use client";

import { type ReactNode, startTransition, useEffect, useOptimistic, useState } from "react";
import { setOrderAction } from "./actions";
import type { Change } from "./mark-queue";
import { type Movable, RunningRow } from "./running-row";
import type { BoardSignup } from "./signup-facts";

type Props = {
  sessionId: number;
  signups: BoardSignup[];
  open: boolean;
  pending: ReadonlySet<number>;
  onMark: (signupId: number, change: Change, delayMs?: number) => void;
  onWithdraw: (signup: BoardSignup) => void;
};

type SortableRows = typeof import("./sortable-rows").SortableRows;

/** Who presents, in their order, which is changed by dragging or by the keyboard, and holds at once. */
export function RunningList({ sessionId, signups, open, pending, onMark, onWithdraw }: Props) {
  const [order, setOrder] = useOptimistic(signups.map(({ id }) => id));
  const [refused, setRefused] = useState<string | null>(null);
  const [Sortable, setSortable] = useState<SortableRows | null>(null);
  const byId = new Map(signups.map((signup) => [signup.id, signup]));
  const ids = order.filter((id) => byId.has(id));

  useEffect(() => {
    let isHere = true;
    // Without it, for want of network, nobody is moved; the rest of the page works.
    import("./sortable-rows").then(
      (loaded) => isHere && setSortable(() => loaded.SortableRows),
      () => {},
    );
    return () => {
      isHere = false;
    };
  }, []);

  const onOrder = (next: number[]) => {
    const data = new FormData();
    data.set("sessionId", String(sessionId));
    data.set("order", next.join(","));
    startTransition(async () => {
      setOrder(next);
      setRefused(null);
      try {
        const answer = await setOrderAction(null, data);
        if (!answer.ok) setRefused(answer.message);
      } catch {
        setRefused("The server could not be reached.");
      }
    });
  };

  const list = (rows: ReactNode) => (
    <ol aria-label="Running order" className="border-t">
      {rows}
    </ol>
  );
  const row = (id: number, movable?: Movable) => {
    const signup = byId.get(id);
    return signup ? (
      <RunningRow
        key={id}
        signup={signup}
        place={ids.indexOf(id) + 1}
        open={open}
        pending={pending.has(id)}
        onMark={onMark}
        onWithdraw={onWithdraw}
        movable={movable}
      />
    ) : null;
  };

  return (
    <>
      {refused ? (
        <p role="alert" className="mb-2 border-l-2 border-bad pl-3 text-sm text-bad">
          The order was not saved: {refused}
        </p>
      ) : null}
      {Sortable ? (
        <Sortable
          ids={ids}
          nameOf={(id) => byId.get(id)?.name ?? ""}
          disabled={!open}
          onOrder={onOrder}
          list={list}
          row={row}
        />
      ) : (
        list(ids.map((id) => row(id)))
      )}
    </>
  );
}
