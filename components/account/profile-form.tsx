"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { SeenField } from "@/components/ui/seen-field";
import { ToldLine, useTold } from "@/components/ui/told-line";
import { OwnZoneField } from "./own-zone-field";

type Props = {
  action: FormAction;
  version: number;
  name: string;
  phone: string | null;
  timeZone: string | null;
  otherZone: string;
  /** What another zone changes. */
  zoneHint: ReactNode;
  /** Who sees the phone number. */
  phoneHint: string;
};

/** Name, phone and zone. What somebody has begun to type keeps the version it was begun with. */
export function ProfileForm({ action, version, name, phone, timeZone, otherZone, zoneHint, phoneHint }: Props) {
  const [begunWith, setBegunWith] = useState<number | undefined>();
  const [told, tell] = useTold();
  const status = useRef<HTMLParagraphElement>(null);
  const shown = begunWith ?? version;
  // The form that was sent is drawn anew from what is saved: the focus would be lost with it.
  useEffect(() => {
    if (told.words) status.current?.focus();
  }, [told]);
  const begin = () => {
    if (told.words) tell("");
    setBegunWith((begun) => begun ?? version);
  };
  return (
    <div className="grid gap-2" onInput={begin}>
      <ActionForm
        key={shown}
        action={action}
        submit="Save"
        look="plain"
        version={shown}
        onDone={() => {
          setBegunWith(undefined);
          tell("Saved.");
        }}
      >
        {(fields) => (
          <>
            <SeenField values={{ name, phone, timeZone }} />
            <Field
              label="Name"
              name="name"
              autoComplete="name"
              required
              maxLength={100}
              defaultValue={name}
              error={fields.name}
            />
            <Field
              label="Phone"
              name="phone"
              type="tel"
              autoComplete="tel"
              optional
              defaultValue={phone ?? ""}
              hint={phoneHint}
              error={fields.phone}
            />
            <OwnZoneField
              chosen={timeZone}
              otherZone={otherZone}
              hint={zoneHint}
              error={fields.timeZone}
              onChosen={begin}
            />
          </>
        )}
      </ActionForm>
      <ToldLine told={told} ref={status} className="outline-none empty:hidden" />
    </div>
  );
}
