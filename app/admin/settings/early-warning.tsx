"use client";

import Link from "next/link";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { Settings } from "@/db/queries/settings";
import type { RiskThresholds } from "@/lib/analytics/early-warning";
import { changeThresholdsAction } from "./actions";
import { SavedForm } from "./saved-form";

type Threshold = { name: keyof RiskThresholds; label: string; hint: string; min: number; max: number };

const THRESHOLDS: Threshold[] = [
  { name: "quietWorkingDays", label: "Quiet", hint: "working days in a row without coding", min: 1, max: 20 },
  { name: "dropPercent", label: "Drop", hint: "percent of their own usual week", min: 1, max: 100 },
  { name: "missedWeeks", label: "Missed a session", hint: "weeks for which it counts", min: 1, max: 26 },
  { name: "noDemoWeeks", label: "No demo", hint: "weeks without presenting", min: 1, max: 52 },
  { name: "goalPercent", label: "Behind on a goal", hint: "percent reached in the last whole week", min: 1, max: 100 },
  { name: "watchPoints", label: "Watch", hint: "points from which on", min: 1, max: 12 },
  { name: "actPoints", label: "Act", hint: "points from which on", min: 1, max: 12 },
];

/** From when on a fact adds points, and from how many on somebody is to be watched or helped. */
export function EarlyWarning({ earlyWarning: { value, version } }: Pick<Settings, "earlyWarning">) {
  return (
    <Panel
      title="Early warning"
      aside={
        <Link href="/admin/early-warning" className="reach underline underline-offset-2 hover:text-ink">
          Who it names
        </Link>
      }
    >
      <SavedForm
        action={changeThresholdsAction}
        submit="Save the thresholds"
        version={version}
        done="The thresholds are saved. Everybody is looked at again within half an hour, at night at six."
      >
        {(fields) => (
          <div className="grid grid-cols-2 gap-x-5 gap-y-3 sm:grid-cols-4">
            {THRESHOLDS.map(({ name, label, hint, min, max }) => (
              <Field
                key={`${name} ${version}`}
                id={`threshold-${name}`}
                label={label}
                name={name}
                type="number"
                inputMode="numeric"
                required
                min={min}
                max={max}
                defaultValue={value[name]}
                hint={hint}
                error={fields[name]}
              />
            ))}
          </div>
        )}
      </SavedForm>
    </Panel>
  );
}
