"use client";

import { ActionForm } from "@/components/ui/action-form";
import type { SessionPlan } from "@/db/queries/demo-session-plan";
import { usualContent } from "@/lib/demo-sessions/weekly-rule";
import { createDemoSessionAction } from "../actions";
import { DayField } from "../day-field";
import { ContentFields, OwnFields } from "../session-fields";

type Props = { plan: SessionPlan; date: string };

export function NewSessionForm({ plan, date }: Props) {
  return (
    <ActionForm action={createDemoSessionAction} submit="Create the session" className="grid max-w-lg gap-4">
      {(errors) => (
        <>
          <DayField label="Day" name="sessionDate" value={date} known={plan} error={errors.sessionDate} />
          <ContentFields errors={errors} values={usualContent(plan.timeZone)} />
          <OwnFields errors={errors} values={{ notes: null, batchId: null, isActive: true }} batches={plan.batches} />
        </>
      )}
    </ActionForm>
  );
}
