"use client";

import { ActionForm } from "@/components/ui/action-form";
import type { BatchContent } from "@/db/queries/batch-page";
import { createBatchAction } from "../actions";
import { BatchFields } from "../batch-fields";

export function NewBatchForm({ values }: { values: Partial<BatchContent> }) {
  return (
    <ActionForm action={createBatchAction} submit="Create batch" className="grid max-w-lg gap-4">
      {(errors) => <BatchFields errors={errors} values={values} />}
    </ActionForm>
  );
}
