"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { deleteCertificateAction, revokeCertificateAction } from "./actions";

type Props = { certificateId: number; name: string };

export function DeleteCertificate({
  certificateId,
  name,
  student,
  closed,
}: Props & { student: string; closed: string }) {
  return (
    <Dialog trigger="Delete" title={`Delete ${name}?`} look="quiet" small>
      {() => (
        <ActionForm action={deleteCertificateAction} submit="Delete the record" look="danger">
          {() => (
            <>
              <input type="hidden" name="certificateId" value={certificateId} />
              <input type="hidden" name="back" value={closed} />
              <p className="text-sm">The record of this certificate of {student} goes for good.</p>
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}

/** What is out in the world stays known there, as revoked. */
export function RevokeCertificate({ certificateId, name }: Props) {
  return (
    <Dialog trigger="Revoke" title={`Revoke ${name}?`} look="quiet" small>
      {(close) => (
        <ActionForm action={revokeCertificateAction} submit="Revoke the certificate" look="danger" onDone={close}>
          {(errors) => (
            <>
              <input type="hidden" name="certificateId" value={certificateId} />
              <p className="text-sm">Its public page says so from now on. This cannot be taken back.</p>
              <TextField
                label="Reason"
                name="reason"
                required
                maxLength={500}
                rows={3}
                hint="For staff; the public page does not show it."
                error={errors.reason}
              />
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}
