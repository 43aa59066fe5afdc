"use client";

import { CertificateFields } from "@/components/certificate/certificate-fields";
import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import type { CertificateContent } from "@/db/queries/certificate-detail";
import { editCertificateAction } from "./actions";

type Props = { certificate: CertificateContent & { id: number; version: number; verifyCode: string | null } };

export function EditCertificate({ certificate }: Props) {
  return (
    <Dialog trigger="Edit" title={`Edit ${certificate.name}`} small>
      {(close) => (
        <ActionForm action={editCertificateAction} submit="Save" version={certificate.version} onDone={close}>
          {(errors) => (
            <>
              <input type="hidden" name="certificateId" value={certificate.id} />
              <CertificateFields errors={errors} values={certificate} issued={certificate.verifyCode !== null} />
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}
