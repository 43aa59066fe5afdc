import { dayField, orNull, webAddressField } from "@/lib/form-fields";

/** What is kept with a student's part of a project, whoever writes it down. */
export const assignmentFacts = {
  resumeUrl: orNull(webAddressField),
  linkedinUrl: orNull(webAddressField),
  offerDate: orNull(dayField()),
};
