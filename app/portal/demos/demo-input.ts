import { z } from "zod";
import { dayField, idField, orNull, requiredText, textField, versionField, webAddressField } from "@/lib/form-fields";
import { readTechnologies, TECHNOLOGIES_MOST, TECHNOLOGY_LENGTH } from "./technologies";

const content = {
  title: requiredText(200, "Please name your demo."),
  description: orNull(textField(2_000)),
  demoDate: orNull(dayField()),
  demoUrl: orNull(webAddressField),
  githubUrl: orNull(webAddressField),
  thumbnailUrl: orNull(webAddressField),
  technologies: z
    .string()
    .max(10_000)
    .default("")
    .transform(readTechnologies)
    .refine((words) => words.length <= TECHNOLOGIES_MOST, `At most ${TECHNOLOGIES_MOST} technologies.`)
    .refine(
      (words) => words.every((word) => word.length <= TECHNOLOGY_LENGTH),
      `At most ${TECHNOLOGY_LENGTH} characters each.`,
    ),
};

export const newDemoSchema = z.object(content);
export const demoSchema = z.object({ demoId: idField, version: versionField, ...content });

/** `signups`: ids, `1,2,3`, of those that somebody agreed to leave without a demo. */
export const deleteDemoSchema = z.object({
  demoId: idField,
  signups: z
    .string()
    .max(5_000)
    .regex(/^(\d{1,10}(,\d{1,10})*)?$/)
    .default("")
    .transform((text) => text.split(",").filter(Boolean).map(Number)),
});
