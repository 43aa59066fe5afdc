import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/text-field";
import type { CertificateContent } from "@/db/queries/certificate-detail";

type Props = {
  errors: Record<string, string>;
  values?: CertificateContent;
  /** The academy's own: it stays the issuer, and the public page is the credential. */
  issued?: boolean;
};

/** What a certificate says, for the form that records one and the form that corrects one. */
export function CertificateFields({ errors, values, issued = false }: Props) {
  return (
    <>
      <Field label="Certificate" name="name" required maxLength={200} defaultValue={values?.name} error={errors.name} />
      {issued ? (
        <input type="hidden" name="issuer" value={values?.issuer} />
      ) : (
        <Field
          label="Issuer"
          name="issuer"
          required
          maxLength={200}
          defaultValue={values?.issuer}
          error={errors.issuer}
        />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Issued on"
          name="dateIssued"
          type="date"
          required
          defaultValue={values?.dateIssued}
          error={errors.dateIssued}
        />
        <Field
          label="Expires on"
          name="dateExpired"
          type="date"
          optional
          defaultValue={values?.dateExpired ?? ""}
          error={errors.dateExpired}
        />
      </div>
      {issued ? null : (
        <>
          <Field
            label="Credential id"
            name="credentialId"
            optional
            maxLength={200}
            defaultValue={values?.credentialId ?? ""}
            error={errors.credentialId}
          />
          <Field
            label="Credential link"
            name="credentialUrl"
            type="url"
            optional
            hint="Where the issuer shows it: https://…"
            defaultValue={values?.credentialUrl ?? ""}
            error={errors.credentialUrl}
          />
        </>
      )}
      <TextField
        label="Description"
        name="description"
        optional
        maxLength={2_000}
        rows={3}
        defaultValue={values?.description ?? ""}
        error={errors.description}
      />
    </>
  );
}
