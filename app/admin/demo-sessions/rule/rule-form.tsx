"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import type { SessionPlan } from "@/db/queries/demo-session-plan";
import { type DemoRule, USUAL, usualContent, type Weekday } from "@/lib/demo-sessions/weekly-rule";
import { changeDemoRuleAction } from "../actions";
import { ContentFields } from "../session-fields";
import { MOST_WEEKS_AHEAD } from "../session-limits";
import { WeekdayField } from "../weekday-field";
import { RulePreview } from "./rule-preview";

type Props = { plan: SessionPlan; from: string; rule: DemoRule | null; version: number; jobsOff: boolean };

/** The form begins anew with each version; that it was saved stays. */
export function RuleEditor(props: Props) {
  const [saved, setSaved] = useState(false);
  return (
    <div onInput={() => setSaved(false)}>
      <RuleForm key={props.version} {...props} onDone={() => setSaved(true)} />
      <p role="status" className="mt-3 text-sm text-good">
        {saved ? "The rule is saved." : null}
      </p>
    </div>
  );
}

/** The weekly rule, and what it would do next as it stands in the form. */
function RuleForm({ plan, from, rule, version, jobsOff, onDone }: Props & { onDone: () => void }) {
  const [weekday, setWeekday] = useState<Weekday>(rule?.weekday ?? USUAL.weekday);
  const [weeks, setWeeks] = useState(String(rule?.weeksAhead ?? USUAL.weeksAhead));
  const [active, setActive] = useState(rule?.active ?? true);
  const weeksAhead = /^\d{1,2}$/.test(weeks) ? Math.min(Number(weeks), MOST_WEEKS_AHEAD) : 0;
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
      <ActionForm
        action={changeDemoRuleAction}
        submit="Save the rule"
        version={version}
        className="grid content-start gap-4"
        onDone={onDone}
      >
        {(errors) => (
          <>
            <div className="grid gap-4 sm:grid-cols-2">
              <WeekdayField value={weekday} onChange={setWeekday} error={errors.weekday} />
              <Field
                label="Weeks ahead"
                name="weeksAhead"
                type="number"
                inputMode="numeric"
                min={1}
                max={MOST_WEEKS_AHEAD}
                required
                value={weeks}
                hint="So far ahead sessions stand ready."
                error={errors.weeksAhead}
                onChange={(event) => setWeeks(event.target.value)}
              />
            </div>
            <ContentFields errors={errors} values={rule ?? usualContent(plan.timeZone)} />
            <div>
              <label className="tap inline-flex items-center gap-2.5 text-sm font-medium">
                <input
                  type="checkbox"
                  name="active"
                  className="size-4 accent-accent"
                  checked={active}
                  aria-describedby="active-hint"
                  onChange={(event) => setActive(event.target.checked)}
                />
                Create sessions by this rule
              </label>
              <p id="active-hint" className="label">
                Sessions that exist already stay as they are, whatever becomes of the rule.
              </p>
            </div>
          </>
        )}
      </ActionForm>
      <RulePreview
        plan={plan}
        from={from}
        weekday={weekday}
        weeksAhead={weeksAhead}
        active={active}
        decidedThrough={rule?.createdThrough ?? null}
        jobsOff={jobsOff}
      />
    </div>
  );
}
