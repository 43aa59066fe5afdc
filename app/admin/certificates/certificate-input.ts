import { z } from "zod";
import { certificateContent, certificateDates } from "@/lib/certificate-fields";
import { idField, requiredText, versionField } from "@/lib/form-fields";

export const recordSchema = z.object({ studentId: idField, ...certificateContent });
export const certificateSchema = z.object({ certificateId: idField, version: versionField, ...certificateContent });
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
  name: certificateContent.name,
  ...certificateDates,
  description: certificateContent.description,
});
