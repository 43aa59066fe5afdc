"use client";

import { type ComponentProps, useId, useState } from "react";
import { Field } from "./field";

type Props = Omit<ComponentProps<typeof Field>, "label" | "name" | "list">;

/**
 * A time zone by its name. Four hundred names are not sent along: browsers have a list of their own, which need not be
 * the server's, and it is offered once somebody goes to the field.
 */
export function ZoneField(props: Props) {
  const list = useId();
  const [zones, setZones] = useState<string[]>([]);
  return (
    <>
      <Field
        label="Time zone"
        name="timeZone"
        required
        spellCheck={false}
        autoComplete="off"
        {...props}
        list={list}
        onFocus={() => setZones(Intl.supportedValuesOf("timeZone"))}
      />
      <datalist id={list}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
