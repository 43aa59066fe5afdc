"use client";

import { useState } from "react";
import { SelectField } from "@/components/ui/select-field";
import type { SessionTarget } from "@/db/queries/demo-session-page";
import { many, targetWords } from "./session-page-words";

type Props = {
  errors: Record<string, string>;
  /** What becomes of the sign-ups when they do not move, and of those who cannot. */
  stay: { value: string; label: string; left: string };
  placed: number;
  waiting: number;
  targets: SessionTarget[];
  /** It is over or called off already: no channel hears of it. */
  quiet: boolean;
};

/** What becomes of the sign-ups of a session that does not take place, and whether people hear of it. */
export function LeavingFields({ errors, stay, placed, waiting, targets, quiet }: Props) {
  const [choice, setChoice] = useState(stay.value);
  const concerned = placed + waiting;
  const choices = [
    [stay.value, stay.label],
    ["move", targets.length > 0 ? "Move them to another session" : "Move them: no other session is open and to come"],
  ] as const;
  const told = concerned === 1 ? "the person signed up" : `the ${concerned} people signed up`;
  const hearing = [concerned > 0 ? told : null, quiet ? null : "the Slack channels"].filter(Boolean).join(" and ");
  return (
    <>
      {concerned > 0 ? (
        <fieldset className="grid gap-1">
          <legend className="mb-1 text-sm font-medium">
            {[placed > 0 ? `${many(placed, "sign-up")} with a place` : null, waiting > 0 ? `${waiting} waiting` : null]
              .filter(Boolean)
              .join(" and ")}
          </legend>
          {choices.map(([value, label]) => (
            <label key={value} className="tap flex items-start gap-2.5 py-1 text-sm">
              <input
                type="radio"
                name="signups"
                value={value}
                checked={choice === value}
                disabled={value === "move" && targets.length === 0}
                onChange={() => setChoice(value)}
                className="mt-0.5 size-4 accent-accent"
              />
              {label}
            </label>
          ))}
        </fieldset>
      ) : null}
      {choice === "move" ? (
        <SelectField
          label="To which session"
          name="targetId"
          defaultValue=""
          hint={`In their order; whoever finds no place there waits. Who cannot go there, being of another batch or in it already, ${stay.left}.`}
          error={errors.targetId}
        >
          <option value="">Choose a session</option>
          {targets.map((target) => (
            <option key={target.id} value={target.id}>
              {targetWords(target)}
            </option>
          ))}
        </SelectField>
      ) : null}
      {hearing ? (
        <label className="tap flex items-start gap-2.5 text-sm">
          <input type="checkbox" name="tell" defaultChecked className="mt-0.5 size-4 accent-accent" />
          <span>Tell {hearing}.</span>
        </label>
      ) : null}
    </>
  );
}
