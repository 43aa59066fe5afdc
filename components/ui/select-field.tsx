import type { ComponentProps } from "react";
import { describedBy, FieldFrame, type FrameProps } from "./field-frame";

/** A labelled choice with its error beside it; the options are its children. */
export function SelectField(props: ComponentProps<"select"> & Omit<FrameProps, "optional">) {
  const { label, name, error, hint, id = name, ...select } = props;
  return (
    <FieldFrame id={id} label={label} error={error} hint={hint}>
      <select id={id} name={name} className="control w-full" {...describedBy({ id, error, hint })} {...select} />
    </FieldFrame>
  );
}
