"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import type { SessionPlan } from "@/db/queries/demo-session-plan";
import { isDate } from "@/lib/dates";
import { datesOfRule, previewDates, USUAL, usualContent, type Weekday } from "@/lib/demo-sessions/weekly-rule";
import { formatCount } from "@/lib/format";
import { createDemoSessionsAction } from "../actions";
import { DatePreviews } from "../date-previews";
import { ContentFields, OwnFields } from "../session-fields";
import { MOST_DATES } from "../session-limits";
import { WeekdayField } from "../weekday-field";
import type { Created } from "./bulk-creation";

type Props = { plan: SessionPlan; onDone: (created: Created) => void };

/** The dates follow from weekday, first day and number as they are typed; each can be left out. */
export function BulkForm({ plan, onDone }: Props) {
  const [weekday, setWeekday] = useState<Weekday>(USUAL.weekday);
  const [from, setFrom] = useState(plan.today);
  const [weeks, setWeeks] = useState(String(USUAL.weeksAhead));
  // Dates whose box is not as it was at first: new ones begin ticked, holidays do not.
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const count = /^\d{1,3}$/.test(weeks) ? Math.min(Number(weeks), MOST_DATES) : 0;
  const previews = isDate(from) ? previewDates(datesOfRule(weekday, from, count), plan) : [];
  const ticked = previews
    .filter(({ date, verdict }) => verdict !== "taken" && (verdict === "new") !== turned.has(date))
    .map(({ date }) => date);
  const turn = (date: string) => {
    const next = new Set(turned);
    if (!next.delete(date)) next.add(date);
    setTurned(next);
  };

  return (
    <ActionForm
      action={createDemoSessionsAction}
      submit={`Create ${formatCount(ticked.length)} ${ticked.length === 1 ? "session" : "sessions"}`}
      className="grid gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]"
      onDone={onDone}
    >
      {(errors) => (
        <>
          <input type="hidden" name="dates" value={ticked.join(",")} />
          <div className="grid content-start gap-4">
            <div className="grid gap-4 sm:grid-cols-3">
              <WeekdayField value={weekday} onChange={setWeekday} />
              <Field
                label="From"
                name="from"
                type="date"
                required
                value={from}
                onChange={(event) => setFrom(event.target.value)}
              />
              <Field
                label="Weeks"
                name="weeks"
                type="number"
                inputMode="numeric"
                min={1}
                max={MOST_DATES}
                required
                value={weeks}
                onChange={(event) => setWeeks(event.target.value)}
              />
            </div>
            <ContentFields errors={errors} values={usualContent(plan.timeZone)} />
            <OwnFields errors={errors} values={{ notes: null, batchId: null, isActive: true }} batches={plan.batches} />
          </div>
          <DatePreviews previews={previews} ticked={ticked} onTurn={turn} error={errors.dates} />
        </>
      )}
    </ActionForm>
  );
}
