"use client";

import { Check, Circle } from "lucide-react";
import { useState } from "react";
import { PASSWORD_RULES } from "@/lib/password-rules";
import { Field } from "./field";

/** A new password with its rules in sight before the first letter, ticked off while typing. */
export function PasswordField({ label = "Password", error }: { label?: string; error?: string | undefined }) {
  const [value, setValue] = useState("");
  const rules = (
    <ul className="grid grid-cols-2 gap-x-3 gap-y-0.5">
      {PASSWORD_RULES.map((rule) => {
        const holds = rule.holds(value);
        const Mark = holds ? Check : Circle;
        return (
          <li key={rule.label} className={holds ? "text-good" : undefined}>
            <Mark aria-hidden className="mr-1 inline size-3 align-[-1px]" />
            {rule.label}
            <span className="sr-only">{holds ? " (met)" : " (not met yet)"}</span>
          </li>
        );
      })}
    </ul>
  );
  return (
    <Field
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      required
      error={error}
      hint={rules}
      onChange={(event) => setValue(event.target.value)}
    />
  );
}
