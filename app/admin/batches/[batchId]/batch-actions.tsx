"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import type { BatchContent, BatchPage } from "@/db/queries/batch-page";
import { archiveBatchAction, editBatchAction } from "../actions";
import { BatchFields } from "../batch-fields";
import { DeleteBatch } from "./delete-batch";

type Props = {
  batch: BatchContent & { id: number; version: number; archived: boolean };
  admin: NonNullable<BatchPage["admin"]>;
};

/** What admins do with a batch as a whole. */
export function BatchActions({ batch, admin }: Props) {
  const { id, version, archived, name } = batch;
  return (
    <div className="-mt-2 mb-6 flex flex-wrap gap-2">
      <Dialog trigger="Edit" title={`Edit ${name}`} small>
        {(close) => (
          <ActionForm action={editBatchAction} submit="Save" version={version} onDone={close}>
            {(errors) => (
              <>
                <input type="hidden" name="batchId" value={id} />
                <BatchFields errors={errors} values={batch} />
              </>
            )}
          </ActionForm>
        )}
      </Dialog>
      <Dialog
        trigger={archived ? "Take out of the archive" : "Archive"}
        title={archived ? `Take ${name} out of the archive?` : `Archive ${name}?`}
        small
      >
        {(close) => (
          <ActionForm
            action={archiveBatchAction}
            submit={archived ? "Take it out" : "Archive the batch"}
            onDone={close}
          >
            {() => (
              <>
                <input type="hidden" name="batchId" value={id} />
                <input type="hidden" name="archived" value={archived ? "off" : "on"} />
                <p className="text-sm">
                  {archived
                    ? "It shows among the other batches again, and its key does what it did before."
                    : "Nothing is lost: its students stay in it. The list leaves it out, and its key lets nobody in."}
                </p>
              </>
            )}
          </ActionForm>
        )}
      </Dialog>
      <DeleteBatch batchId={id} name={name} archived={archived} {...admin} />
    </div>
  );
}
