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
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import type { ReactNode } from "react";
import type { Movable } from "./running-row";

type Props = {
  ids: number[];
  nameOf: (id: number) => string;
  disabled: boolean;
  onOrder: (ids: number[]) => void;
  list: (rows: ReactNode) => ReactNode;
  row: (id: number, movable: Movable) => ReactNode;
};

const INSTRUCTIONS =
  "Press the space bar to pick somebody up, the arrow keys to move them, the space bar again to let go, Escape to leave them where they were.";
/** A finger that only taps moves nobody. */
const DRAG_PIXELS = 5;

/** Rows that are moved by dragging or by the keyboard. A file of its own: what moves them comes after the page. */
export function SortableRows({ ids, nameOf, disabled, onOrder, list, row }: Props) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_PIXELS } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (!over || active.id === over.id) return;
    onOrder(arrayMove(ids, ids.indexOf(Number(active.id)), ids.indexOf(Number(over.id))));
  };
  return (
    <DndContext
      id="running-order"
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={onDragEnd}
      accessibility={{
        announcements: announcementsFor(ids, (id) => nameOf(Number(id))),
        screenReaderInstructions: { draggable: INSTRUCTIONS },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        {list(
          ids.map((id) => (
            <Sortable key={id} id={id} disabled={disabled}>
              {(movable) => row(id, movable)}
            </Sortable>
          )),
        )}
      </SortableContext>
    </DndContext>
  );
}

type SortableProps = { id: number; disabled: boolean; children: (movable: Movable) => ReactNode };

function Sortable({ id, disabled, children }: SortableProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
    disabled,
  });
  return children({
    ref: setNodeRef,
    style: { transform: CSS.Translate.toString(transform), transition },
    handle: { ref: setActivatorNodeRef, ...attributes, ...listeners },
    isMoving: isDragging,
  });
}

function announcementsFor(ids: readonly number[], nameOf: (id: UniqueIdentifier) => string): Announcements {
  const placeOf = (id: UniqueIdentifier) => `place ${ids.indexOf(Number(id)) + 1} of ${ids.length}`;
  return {
    onDragStart: ({ active }) => `Picked up ${nameOf(active.id)}, ${placeOf(active.id)}.`,
    onDragOver: ({ active, over }) => (over ? `${nameOf(active.id)} is at ${placeOf(over.id)}.` : undefined),
    onDragEnd: ({ active, over }) => (over ? `${nameOf(active.id)} is at ${placeOf(over.id)} now.` : undefined),
    onDragCancel: ({ active }) => `${nameOf(active.id)} stays where they were.`,
  };
}
