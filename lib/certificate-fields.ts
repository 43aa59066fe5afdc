import { dayField, orNull, requiredText, textField, webAddressField } from "@/lib/form-fields";

/** When a certificate was issued and, where it does, expires. */
export const certificateDates = {
  dateIssued: dayField("Please give the day."),
  dateExpired: orNull(dayField()),
};

/** What a certificate says, whoever writes it down. */
export const certificateContent = {
  name: requiredText(200, "Please name the certificate."),
  issuer: requiredText(200, "Please name the issuer."),
  ...certificateDates,
  credentialId: orNull(textField(200)),
  credentialUrl: orNull(webAddressField),
  description: orNull(textField(2_000)),
};
