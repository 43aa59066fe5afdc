import { z } from "zod";
import { isTimeZone } from "@/lib/dates";
import { PASSWORD_RULES } from "@/lib/password-rules";

/** The same rules before typing, while typing and on the server. */
export const passwordSchema = z.string().superRefine((value, context) => {
  const missing = PASSWORD_RULES.filter((rule) => !rule.holds(value)).map((rule) => rule.label);
  if (missing.length > 0) context.addIssue({ code: "custom", message: `The password needs ${missing.join(", ")}.` });
});

/** Lower case, so that one address is one account however it is typed. */
export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "An e-mail address has at most 254 characters.")
  .pipe(z.email("This is not an e-mail address."));

export const nameSchema = z
  .string()
  .trim()
  .min(1, "Please give a name.")
  .max(100, "A name has at most 100 characters.");

export const phoneSchema = z
  .string()
  .trim()
  .max(40, "A phone number has at most 40 characters.")
  .regex(/^[+\d][\d\s()./-]*$/, "A phone number has digits, spaces and + ( ) - only.");

/** An empty field counts as none. */
export const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" || value === null ? undefined : value), schema.optional());

export const signInSchema = z.object({
  email: z.string().trim().toLowerCase().min(1, "Please give your e-mail address.").max(254),
  password: z.string().min(1, "Please give your password.").max(100, "A password has at most 100 characters."),
});

export const signUpSchema = z.object({
  name: nameSchema,
  email: emailSchema,
  phone: optional(phoneSchema),
  password: passwordSchema,
  timeZone: optional(z.string().refine(isTimeZone, "This time zone is not known.")),
});

export const registrationKeySchema = z
  .string()
  .trim()
  .min(1, "Please give the registration key of your batch.")
  .max(64, "A registration key has at most 64 characters.");

export const studentSignUpSchema = signUpSchema.extend({ registrationKey: registrationKeySchema });

/** The first message per field, for the form. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join(".") || "form"] ??= issue.message;
  return fields;
}
