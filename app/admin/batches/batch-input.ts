import { z } from "zod";
import { isTimeZone } from "@/lib/dates";
import { dayField, idField, orNull, requiredText, textField, versionField } from "@/lib/form-fields";

const MOST = 10_000;
const countField = (message: string) =>
  z.coerce.number(message).int(message).min(1, message).max(MOST, `At most ${MOST}.`);

const CHANNEL = "A channel's name has letters, digits, - and _ only.";

/** `#name`, whether or not the # was typed. */
const channelField = textField(80)
  .transform((value) => `#${value.replace(/^#/, "")}`)
  .pipe(z.string().regex(/^#[\p{L}\p{N}_-]+$/u, CHANNEL));

const content = {
  name: requiredText(120, "Please name the batch."),
  description: orNull(textField(2_000)),
  startDate: dayField("Please give the first day."),
  endDate: dayField("Please give the last day."),
  timeZone: z.string().trim().refine(isTimeZone, "This time zone is not known. One that is: Europe/Lisbon."),
  capacity: orNull(countField("A number of places from 1, or nothing.")),
  slackChannel: orNull(channelField),
  curriculum: orNull(textField(8_000)),
};

export const newBatchSchema = z.object(content);

export const batchSchema = z.object({ batchId: idField, version: versionField, ...content });

const onOff = z.enum(["on", "off"]).transform((value) => value === "on");

export const archiveSchema = z.object({ batchId: idField, archived: onOff });

export const rotateKeySchema = z.object({ batchId: idField, version: versionField });

export const switchKeySchema = z.object({ batchId: idField, active: onOff });

export const limitKeySchema = z.object({
  batchId: idField,
  version: versionField,
  lastDay: orNull(dayField()),
  maxUses: orNull(countField("A number of sign-ups from 1, or nothing.")),
});

const chosen = (message: string) =>
  z.preprocess((value) => (value === "" ? undefined : value), z.coerce.number(message).int().min(1).max(2_147_483_647));

export const instructorSchema = z.object({ batchId: idField, userId: chosen("Please choose an instructor.") });

const held = z.coerce.number().int().min(0);

export const deleteSchema = z.object({
  batchId: idField,
  moveTo: chosen("Please choose the batch they go to.").optional(),
  students: held,
  enrolments: held,
  projects: held,
  assignments: held,
});
