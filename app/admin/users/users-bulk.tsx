"use client";

import { useEffect, useState } from "react";
import { BulkExport } from "@/components/data-table/bulk-export";
import { BulkForm } from "@/components/data-table/bulk-form";
import type { Selection } from "@/components/data-table/selection-bar";
import { SelectField } from "@/components/ui/select-field";
import { usersList } from "@/lib/lists/users";
import { bulkDisableAction, bulkMoveAction } from "./bulk-actions";
import { ReasonField } from "./user-forms";

/** What admins do with many users at once. */
export function UsersBulk({ selection }: { selection: Selection }) {
  return (
    <>
      <BulkForm
        action={bulkMoveAction}
        selection={selection}
        noun={usersList.noun}
        label="Move to a batch"
        done="moved"
      >
        {(fields) => (
          <>
            <BatchField error={fields.batchId} />
            <p className="text-sm text-muted">From today on. What was planned for later is replaced.</p>
          </>
        )}
      </BulkForm>
      <BulkForm
        action={bulkDisableAction}
        selection={selection}
        noun={usersList.noun}
        label="Disable"
        done="disabled"
        look="danger"
      >
        {(fields) => (
          <>
            <p className="text-sm text-muted">They are signed out everywhere at once and cannot sign in again.</p>
            <ReasonField error={fields.reason} />
          </>
        )}
      </BulkForm>
      <BulkExport selection={selection} />
    </>
  );
}

type Option = { value: string; label: string };

/** Batches to move to, loaded when somebody is about to move. */
function BatchField({ error }: { error?: string | undefined }) {
  const [options, setOptions] = useState<Option[] | "failed" | null>(null);
  useEffect(() => {
    fetch("/api/batches/options")
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
      .then((answer: { options: Option[] }) => setOptions(answer.options))
      .catch(() => setOptions("failed"));
  }, []);
  return (
    <SelectField
      label="Batch"
      name="batchId"
      id="bulk-batch"
      defaultValue=""
      error={options === "failed" ? "The batches did not load. Close this and try again." : error}
    >
      <option value="">{options === null ? "Loading…" : "Choose a batch"}</option>
      {options !== null && options !== "failed"
        ? options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))
        : null}
    </SelectField>
  );
}
