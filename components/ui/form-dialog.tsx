"use client";

import { type ComponentProps, type ReactNode, useState } from "react";
import { ActionForm } from "./action-form";
import { Dialog } from "./dialog";

type Props<T> = Pick<ComponentProps<typeof ActionForm<T>>, "action" | "submit" | "children" | "version"> & {
  trigger: ReactNode;
  title: string;
  /** What the form takes away cannot be had back. */
  danger?: boolean;
  /** Once it has worked and the dialog is closed. */
  onDone?: ((data: T) => void) | undefined;
};

/**
 * A form in a dialog, which closes once it has worked. What somebody has begun to type keeps the version it was begun
 * with, whatever is saved elsewhere meanwhile; an untouched form follows what is saved.
 */
export function FormDialog<T = undefined>(props: Props<T>) {
  const { trigger, title, danger = false, version, children, onDone, ...form } = props;
  const [begunWith, setBegunWith] = useState<number | undefined>();
  const [round, setRound] = useState(0);
  const shown = begunWith ?? version;
  return (
    <Dialog trigger={trigger} title={title} small look={danger ? "quiet" : "plain"}>
      {(close) => (
        <ActionForm
          key={`${round} ${shown}`}
          {...form}
          {...(shown === undefined ? {} : { version: shown })}
          look={danger ? "danger" : "primary"}
          onDone={(data) => {
            close();
            setBegunWith(undefined);
            setRound(round + 1);
            onDone?.(data);
          }}
        >
          {(fields) => (
            <div className="grid gap-4" onInput={() => setBegunWith((begun) => begun ?? version)}>
              {children(fields)}
            </div>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}
