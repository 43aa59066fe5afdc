"use client";

import { useState } from "react";
import { Panel } from "@/components/ui/panel";
import type { Settings } from "@/db/queries/settings";
import { WEEKDAY_NAMES, weekdaysInWords } from "@/lib/format";
import { changeRestDaysAction } from "./actions";
import { SavedForm } from "./saved-form";

/** Days of the week on which nobody has to code. */
export function RestDays({ restDays: { value, version } }: Pick<Settings, "restDays">) {
  return (
    <Panel title="Rest days" aside="every week">
      <SavedForm
        action={changeRestDaysAction}
        submit="Save the rest days"
        version={version}
        done="The rest days are saved."
      >
        {(fields) => <DayBoxes key={version} saved={value} error={fields.restDays} />}
      </SavedForm>
    </Panel>
  );
}

/** The chosen days travel by their names, which is how a conflict between two people shows them. */
function DayBoxes({ saved, error }: { saved: number[]; error: string | undefined }) {
  const [days, setDays] = useState(saved);
  const toggle = (day: number, isOn: boolean) =>
    setDays([...days.filter((each) => each !== day), ...(isOn ? [day] : [])].sort());
  return (
    <div>
      <label htmlFor="rest-days" hidden>
        Rest days
      </label>
      <input id="rest-days" type="hidden" name="restDays" value={weekdaysInWords(days)} />
      <fieldset aria-describedby={error ? "rest-days-hint rest-days-error" : "rest-days-hint"}>
        <legend className="sr-only">Rest days</legend>
        <div className="flex flex-wrap gap-x-5 gap-y-1">
          {WEEKDAY_NAMES.map((name, index) => (
            <label key={name} className="tap flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={days.includes(index + 1)}
                aria-invalid={error ? true : undefined}
                onChange={(event) => toggle(index + 1, event.target.checked)}
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <p id="rest-days-hint" className="label mt-2 max-w-prose">
        A rest day without coding breaks no streak, and coding on one counts. The streaks of all students follow at
        once, for past days too. Holidays, single days, stand below.
      </p>
      {error ? (
        <p id="rest-days-error" className="mt-1 text-sm text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
