import type { ComponentProps } from "react";
import { describedBy, FieldFrame, type FrameProps } from "./field-frame";

/** A labelled input with its rules before and its error beside it, both read out with the field. */
export function Field(props: ComponentProps<"input"> & FrameProps) {
  const { label, name, error, hint, optional, id = name, ...input } = props;
  return (
    <FieldFrame id={id} label={label} error={error} hint={hint} optional={optional}>
      <input id={id} name={name} className="control w-full" {...describedBy({ id, error, hint })} {...input} />
    </FieldFrame>
  );
}
