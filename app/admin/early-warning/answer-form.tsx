"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { TextField } from "@/components/ui/text-field";
import { type RiskResponse, riskResponses } from "@/db/enums";
import { answerRiskAction, reopenRiskAction } from "./actions";

const CHOICES: Record<RiskResponse, { label: string; meaning: string }> = {
  talked: { label: "I talked to them", meaning: "Quiet for a week." },
  snoozed: { label: "Snooze", meaning: "Quiet until the day that you give." },
  resolved: { label: "Resolved", meaning: "Quiet until the band changes." },
};

/** What somebody did about a warning. `week` is the day that a snooze begins with. */
export function AnswerForm({ studentId, week, trigger }: { studentId: number; week: string; trigger: string }) {
  const [response, setResponse] = useState<RiskResponse>("talked");
  return (
    <FormDialog trigger={trigger} title="What was done about it?" action={answerRiskAction} submit="Save the answer">
      {(errors) => (
        <>
          <input type="hidden" name="studentId" value={studentId} />
          <fieldset className="grid gap-2 text-sm">
            <legend className="label mb-1.5">Answer</legend>
            {[...riskResponses].reverse().map((each) => (
              <label key={each} className="flex items-start gap-2">
                <input
                  type="radio"
                  name="response"
                  value={each}
                  checked={response === each}
                  onChange={() => setResponse(each)}
                  className="mt-0.5 size-4 accent-accent"
                />
                <span>
                  {CHOICES[each].label}
                  <span className="label block">{CHOICES[each].meaning}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {response === "snoozed" ? (
            <Field label="Until" name="until" type="date" defaultValue={week} required error={errors.until} />
          ) : null}
          <TextField
            label="Reason"
            name="reason"
            rows={3}
            required
            maxLength={1_000}
            hint="Staff see it; the student does not. A band that gets worse is heard again at once."
            error={errors.reason}
          />
        </>
      )}
    </FormDialog>
  );
}

export function ReopenForm({ studentId }: { studentId: number }) {
  return (
    <ActionForm action={reopenRiskAction} submit="Take it back" look="plain">
      {() => <input type="hidden" name="studentId" value={studentId} />}
    </ActionForm>
  );
}
