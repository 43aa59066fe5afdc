"use client";

import { ActionForm } from "@/components/ui/action-form";
import { createBatchAction } from "../actions";
import { BatchFields, type BatchValues } from "../batch-fields";

export function NewBatchForm({ values }: { values: Partial<BatchValues> }) {
  return (
    <ActionForm action={createBatchAction} submit="Create batch" className="grid max-w-lg gap-4">
      {(errors) => <BatchFields errors={errors} values={values} />}
    </ActionForm>
  );
}
