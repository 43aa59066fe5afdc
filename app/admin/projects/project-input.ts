import { z } from "zod";
import { assignmentStatuses, projectStatuses } from "@/db/enums";
import { assignmentFacts } from "@/lib/assignment-fields";
import { dayField, idField, orNull, requiredText, textField, versionField } from "@/lib/form-fields";
import { LARGEST_ID } from "@/lib/table-params";

const content = {
  name: requiredText(120, "Please name the project."),
  description: orNull(textField(2_000)),
  startDate: dayField("Please give the first day."),
  endDate: orNull(dayField()),
  happyHour: orNull(textField(120)),
  status: z.enum(projectStatuses, "Please choose a status."),
};

export const newProjectSchema = z.object({
  batchId: z.preprocess((value) => (value === "" ? undefined : value), z.coerce.number("Please choose a batch.").int()),
  ...content,
});

export const projectSchema = z.object({
  projectId: idField,
  version: versionField,
  ...content,
  closeOpen: z.literal("on").optional(),
});

export const deleteProjectSchema = z.object({
  projectId: idField,
  assignments: z.coerce.number().int().min(0),
  what: z.enum(["cancel", "delete"]).default("delete"),
});

const MOST_ASSIGNED = 1_000;

/** Students of one batch, `1,2,3`, as the picker's hidden field carries them. */
const studentIds = z
  .string()
  .regex(/^\d{1,10}(,\d{1,10})*$/, "Please choose somebody.")
  .transform((text) => [...new Set(text.split(",").map(Number))])
  .refine((ids) => ids.length <= MOST_ASSIGNED, `At most ${MOST_ASSIGNED} at once.`)
  .refine((ids) => ids.every((id) => id >= 1 && id <= LARGEST_ID), "Please choose somebody.");

export const assignSchema = z.object({ projectId: idField, students: studentIds });

export const assignmentSchema = z.object({
  assignmentId: idField,
  version: versionField,
  status: z.enum(assignmentStatuses, "Please choose a status."),
  ...assignmentFacts,
});

export const removeAssignmentSchema = z.object({ assignmentId: idField });
