"use client";

import { useId, useState } from "react";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { type GoalKind, type GoalPeriod, goalPeriods } from "@/db/enums";
import { type GoalAim, MOST_HOURS } from "@/lib/analytics/goal-aim";

export type GoalNames = Record<GoalKind, string[]>;

type Props = {
  /** Ids of fields are unique on the page, which has a form for each goal. */
  id: string;
  errors: Record<string, string>;
  aim?: GoalAim;
  names: GoalNames;
};

const MINUTE_MS = 60_000;
const NAMES = { language: "Language", project: "Project" } as const;

/** What counts, how often, and how much, for the form that sets a goal and the form that changes one. */
export function GoalFields({ id, errors, aim, names }: Props) {
  const [what, setWhat] = useState<GoalKind | "all">(aim?.kind ?? "all");
  const [period, setPeriod] = useState<GoalPeriod>(aim?.period ?? "week");
  const list = useId();
  const minutes = aim && Math.floor(aim.targetMs / MINUTE_MS);
  return (
    <>
      <SelectField
        id={`${id}-what`}
        label="What counts"
        name="what"
        value={what}
        error={errors.what}
        onChange={({ target }) => setWhat(target.value as GoalKind | "all")}
      >
        <option value="all">All coding</option>
        <option value="language">A language</option>
        <option value="project">A project</option>
      </SelectField>
      {what === "all" ? null : (
        <>
          <Field
            key={what}
            id={`${id}-name`}
            label={NAMES[what]}
            name="name"
            required
            maxLength={200}
            list={list}
            autoComplete="off"
            spellCheck={false}
            hint={`As WakaTime names it${names[what].length > 0 ? `, such as ${names[what][0]}` : ""}.`}
            defaultValue={aim?.kind === what ? (aim.name ?? "") : ""}
            error={errors.name}
          />
          <datalist id={list}>
            {names[what].map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
      <SelectField
        id={`${id}-period`}
        label="In each"
        name="period"
        value={period}
        hint="A week begins on Monday."
        error={errors.period}
        onChange={({ target }) => setPeriod(target.value as GoalPeriod)}
      >
        {goalPeriods.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
      </SelectField>
      <div className="grid grid-cols-2 items-start gap-4">
        <Field
          id={`${id}-hours`}
          label="Hours"
          name="hours"
          type="number"
          inputMode="numeric"
          min={0}
          max={MOST_HOURS[period]}
          hint={`${MOST_HOURS[period]} at most.`}
          defaultValue={minutes === undefined ? "" : Math.floor(minutes / 60)}
          error={errors.hours}
        />
        <Field
          id={`${id}-minutes`}
          label="Minutes"
          name="minutes"
          type="number"
          inputMode="numeric"
          min={0}
          max={59}
          step={1}
          defaultValue={minutes === undefined ? "" : minutes % 60}
          error={errors.minutes}
        />
      </div>
    </>
  );
}
