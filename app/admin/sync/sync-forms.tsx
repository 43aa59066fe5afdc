"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { backFillAction, syncNowAction } from "./actions";
import { ScopeField } from "./scope-field";

type Batches = { id: number; name: string }[];

export function SyncNowForm({ everybody, batches }: { everybody: boolean; batches: Batches }) {
  return (
    <ActionForm action={syncNowAction} submit="Sync now">
      {() => <ScopeField id="sync-scope" everybody={everybody} batches={batches} />}
    </ActionForm>
  );
}

export function BackFillForm({ batches, today }: { batches: Batches; today: string }) {
  return (
    <ActionForm action={backFillAction} submit="Fill these days" look="plain">
      {(fields) => (
        <>
          <ScopeField id="back-fill-scope" everybody batches={batches} />
          <div className="grid grid-cols-2 gap-3">
            <Field id="back-fill-from" label="From" name="from" type="date" max={today} required error={fields.from} />
            <Field id="back-fill-to" label="To" name="to" type="date" max={today} required error={fields.to} />
          </div>
        </>
      )}
    </ActionForm>
  );
}
