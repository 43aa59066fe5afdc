import { z } from "zod";
import { idField, orNull, textField, versionField } from "@/lib/form-fields";
import { LARGEST_ID } from "@/lib/table-params";
import { readLimit, sessionFields } from "../session-input";

const session = { sessionId: idField, version: versionField };

/** A box that is not ticked sends nothing. */
const ticked = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");

export const editSchema = z.preprocess(
  readLimit,
  z.object({ ...session, ...sessionFields, overflow: z.literal("wait").optional(), tell: ticked }),
);

export const switchSchema = z.object({
  ...session,
  active: z.enum(["on", "off"]).transform((value) => value === "on"),
});

export const restoreSchema = z.object(session);

const leaving = {
  ...session,
  tell: ticked,
  targetId: z.preprocess((value) => (value === "" ? undefined : value), idField.optional()),
};

const hasTarget = ({ signups, targetId }: { signups: string; targetId?: number | undefined }) =>
  signups !== "move" || targetId !== undefined;
const noTarget = { message: "Please choose the session they go to.", path: ["targetId"] };

export const cancelSchema = z
  .object({ ...leaving, reason: orNull(textField(300)), signups: z.enum(["keep", "move"]).default("keep") })
  .refine(hasTarget, noTarget);

export const deleteSchema = z
  .object({ ...leaving, signups: z.enum(["delete", "move"]).default("delete") })
  .refine(hasTarget, noTarget);

const CHOOSE = "Please choose a student.";

export const signUpSchema = z.object({
  sessionId: idField,
  studentId: z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number(CHOOSE).int(CHOOSE).min(1, CHOOSE).max(LARGEST_ID),
  ),
  demoId: orNull(idField),
  notes: orNull(textField(1_000)),
});

export const withdrawSchema = z.object({ signupId: idField });

const MOST_ORDERED = 1_000;

/** Sign-ups in their new order, `3,1,2`. */
export const orderSchema = z.object({
  sessionId: idField,
  order: z
    .string()
    .regex(/^\d{1,10}(,\d{1,10})*$/)
    .transform((text) => text.split(",").map(Number))
    .refine((ids) => ids.length <= MOST_ORDERED && new Set(ids).size === ids.length)
    .refine((ids) => ids.every((id) => id >= 1 && id <= LARGEST_ID)),
});
