import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/text-field";
import type { CertificateContent } from "@/db/queries/certificate-detail";

type Props = {
  errors: Record<string, string>;
  values?: CertificateContent;
  /** The academy's own: it stays the issuer, and the public page is the credential. */
  issued?: boolean;
  /** Sets these fields apart from those of another form on the same page. */
  of?: string;
};

/** What a certificate says, for a form that records one and a form that corrects one. */
export function CertificateFields({ errors, values, issued = false, of = "certificate" }: Props) {
  /** Where a field is found, by whom it is about and what it is called. */
  const named = (name: keyof CertificateContent) => ({
    id: `${of}-${name}`,
    name,
    defaultValue: values?.[name] ?? "",
    error: errors[name],
  });
  return (
    <>
      <Field label="Certificate" required maxLength={200} {...named("name")} />
      {issued ? (
        <input type="hidden" name="issuer" value={values?.issuer} />
      ) : (
        <Field label="Issuer" required maxLength={200} {...named("issuer")} />
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Issued on" type="date" required {...named("dateIssued")} />
        <Field label="Expires on" type="date" optional {...named("dateExpired")} />
      </div>
      {issued ? null : (
        <>
          <Field label="Credential id" optional maxLength={200} {...named("credentialId")} />
          <Field
            label="Credential link"
            type="url"
            optional
            hint="Where the issuer shows it: https://…"
            {...named("credentialUrl")}
          />
        </>
      )}
      <TextField label="Description" optional maxLength={2_000} rows={3} {...named("description")} />
    </>
  );
}
