import type { ComponentProps } from "react";
import { describedBy, FieldFrame, type FrameProps } from "./field-frame";

/** A labelled text of several lines with its error beside it. */
export function TextField(props: ComponentProps<"textarea"> & FrameProps) {
  const { label, name, error, hint, optional, id = name, rows = 4, ...area } = props;
  return (
    <FieldFrame id={id} label={label} error={error} hint={hint} optional={optional}>
      <textarea
        id={id}
        name={name}
        rows={rows}
        className="control h-auto w-full py-1.5"
        {...describedBy({ id, error, hint })}
        {...area}
      />
    </FieldFrame>
  );
}
