"use client";

import { useEffect, useRef } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { PasswordField } from "@/components/ui/password-field";
import { ZoneField } from "@/components/ui/zone-field";
import { USUAL } from "@/lib/demo-sessions/weekly-rule";
import { claimAcademyAction } from "./actions";

export function SetupForm({ token }: { token: string }) {
  const zone = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (zone.current && !zone.current.value) zone.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
    window.history.replaceState(null, "", window.location.pathname);
  }, []);
  return (
    <ActionForm action={claimAcademyAction} submit="Open the academy">
      {(fields) => (
        <>
          <input type="hidden" name="token" value={token} />
          <Field label="Academy" name="academyName" required maxLength={100} error={fields.academyName} />
          <ZoneField
            ref={zone}
            error={fields.timeZone}
            hint="Where the academy is; batches and people can have their own."
          />
          <Field label="Your name" name="name" autoComplete="name" required maxLength={100} error={fields.name} />
          <Field label="Your e-mail" name="email" type="email" autoComplete="email" required error={fields.email} />
          <PasswordField error={fields.password} />
          <label className="flex items-start gap-2 text-sm">
            <input type="checkbox" name="weeklyDemos" defaultChecked className="mt-0.5 size-4 accent-accent" />
            <span>
              A demo session every Friday
              <span className="block text-muted">
                {`${USUAL.time}, ${USUAL.places} places, created ${USUAL.weeksAhead} weeks ahead. All of it can be changed under Demo sessions.`}
              </span>
            </span>
          </label>
        </>
      )}
    </ActionForm>
  );
}
