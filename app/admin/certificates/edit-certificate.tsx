"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { editCertificateAction } from "./actions";
import { CertificateFields, type CertificateValues } from "./certificate-fields";

type Props = { certificate: CertificateValues & { id: number; version: number; verifyCode: string | null } };

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
