import { z } from "zod";
import { optional } from "@/lib/auth/credentials";
import { dayField, idField, versionField } from "@/lib/form-fields";
import { LARGEST_ID } from "@/lib/table-params";

/** Whose enrolment is changed, the version that was seen of it, and the day from which the change holds. */
export const enrolmentFields = {
  studentId: idField,
  version: optional(versionField),
  from: optional(dayField("Please give a day.")),
};

/** The form of components/student/move-student.tsx. */
export const moveForm = z.object({
  ...enrolmentFields,
  batchId: z.preprocess(
    (value) => value || undefined,
    z.coerce.number("Please choose a batch.").int().min(1).max(LARGEST_ID),
  ),
});
