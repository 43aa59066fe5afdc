"use client";

import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { startTransition, useOptimistic, useState } from "react";
import { setOrderAction } from "./actions";
import type { Change } from "./mark-queue";
import { RunningRow } from "./running-row";
import type { BoardSignup } from "./signup-facts";

type Props = {
  sessionId: number;
  signups: BoardSignup[];
  open: boolean;
  pending: ReadonlySet<number>;
  onMark: (signupId: number, change: Change, delayMs?: number) => void;
  onWithdraw: (signup: BoardSignup) => void;
};

const INSTRUCTIONS =
  "Press the space bar to pick somebody up, the arrow keys to move them, the space bar again to let go, Escape to leave them where they were.";
/** A finger that only taps moves nobody. */
const DRAG_PIXELS = 5;

/** Who presents, in their order, which is changed by dragging or by the keyboard, and holds at once. */
export function RunningList({ sessionId, signups, open, pending, onMark, onWithdraw }: Props) {
  const [order, setOrder] = useOptimistic(signups.map(({ id }) => id));
  const [refused, setRefused] = useState<string | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_PIXELS } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const byId = new Map(signups.map((signup) => [signup.id, signup]));
  const shown = order.flatMap((id) => byId.get(id) ?? []);

  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    const next = arrayMove(order, order.indexOf(Number(active.id)), order.indexOf(Number(over.id)));
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

  return (
    <>
      {refused ? (
        <p role="alert" className="mb-2 border-l-2 border-bad pl-3 text-sm text-bad">
          The order was not saved: {refused}
        </p>
      ) : null}
      <DndContext
        id="running-order"
        sensors={sensors}
        collisionDetection={closestCenter}
        onDragEnd={onDragEnd}
        accessibility={{
          announcements: announcementsFor(order, (id) => byId.get(Number(id))?.name ?? ""),
          screenReaderInstructions: { draggable: INSTRUCTIONS },
        }}
      >
        <SortableContext items={order} strategy={verticalListSortingStrategy}>
          <ol aria-label="Running order" className="border-t">
            {shown.map((signup, index) => (
              <RunningRow
                key={signup.id}
                signup={signup}
                place={index + 1}
                open={open}
                pending={pending.has(signup.id)}
                onMark={onMark}
                onWithdraw={onWithdraw}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
    </>
  );
}

function announcementsFor(order: readonly number[], nameOf: (id: UniqueIdentifier) => string): Announcements {
  const placeOf = (id: UniqueIdentifier) => `place ${order.indexOf(Number(id)) + 1} of ${order.length}`;
  return {
    onDragStart: ({ active }) => `Picked up ${nameOf(active.id)}, ${placeOf(active.id)}.`,
    onDragOver: ({ active, over }) => (over ? `${nameOf(active.id)} is at ${placeOf(over.id)}.` : undefined),
    onDragEnd: ({ active, over }) => (over ? `${nameOf(active.id)} is at ${placeOf(over.id)} now.` : undefined),
    onDragCancel: ({ active }) => `${nameOf(active.id)} stays where they were.`,
  };
}
