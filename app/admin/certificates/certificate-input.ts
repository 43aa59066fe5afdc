import { z } from "zod";
import { dayField, idField, orNull, requiredText, textField, versionField, webAddressField } from "@/lib/form-fields";

const dates = {
  dateIssued: dayField("Please give the day."),
  dateExpired: orNull(dayField()),
};

const content = {
  name: requiredText(200, "Please name the certificate."),
  issuer: requiredText(200, "Please name the issuer."),
  ...dates,
  credentialId: orNull(textField(200)),
  credentialUrl: orNull(webAddressField),
  description: orNull(textField(2_000)),
};

export const recordSchema = z.object({ studentId: idField, ...content });
export const certificateSchema = z.object({ certificateId: idField, version: versionField, ...content });
/** `back` is where the list was: its own address, never another site's. */
export const deleteCertificateSchema = z.object({
  certificateId: idField,
  back: z.string().regex(/^\/admin\/certificates(\?.*)?$/),
});
export const revokeSchema = z.object({
  certificateId: idField,
  reason: requiredText(500, "Please say why."),
});

/** Also what the preview's address holds. */
export const issueSchema = z.object({
  batchId: z.preprocess((value) => (value === "" ? undefined : value), z.coerce.number("Please choose a batch.").int()),
  name: content.name,
  ...dates,
  description: content.description,
});
