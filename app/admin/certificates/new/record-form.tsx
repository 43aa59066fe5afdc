"use client";

import { CertificateFields } from "@/components/certificate/certificate-fields";
import { ActionForm } from "@/components/ui/action-form";
import { recordCertificateAction } from "../actions";

export function RecordForm({ studentId }: { studentId: number }) {
  return (
    <ActionForm action={recordCertificateAction} submit="Record the certificate" className="grid max-w-md gap-4">
      {(errors) => (
        <>
          <input type="hidden" name="studentId" value={studentId} />
          <CertificateFields errors={errors} />
        </>
      )}
    </ActionForm>
  );
}
