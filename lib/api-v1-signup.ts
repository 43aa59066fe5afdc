import { z } from "zod";
import type { MarkStatus } from "@/db/mutations/signup-mark";
import { type ActionResult, failure, ok } from "@/lib/errors";
import { idField } from "@/lib/form-fields";
import { v1Text } from "./api-v1-demo";

/** DemoSignupCreate. */
export const signupCreateSchema = z.object({
  demo_id: idField.nullish().transform((value) => value ?? null),
  signup_notes: v1Text.default(null),
});

/** DemoSignupUpdate: what is left out stays as it is. */
export const signupUpdateSchema = z.object({
  demo_id: idField.nullable().optional(),
  signup_notes: v1Text.optional(),
  version: z.number().int().optional(),
});

/** DemoSignupAdminUpdate, its status one of a closed set: v1 took any word. */
export const signupMarkSchema = z.object({
  did_present: z.boolean().nullish(),
  presentation_notes: v1Text.optional(),
  presentation_rating: z.number().int().min(1).max(5).nullable().optional(),
  status: z.enum(["scheduled", "presented", "no_show", "cancelled"]).nullish(),
});

type V1Mark = z.infer<typeof signupMarkSchema>;
type Marking =
  | { kind: "withdraw" }
  | { kind: "mark"; mark: { status?: MarkStatus; rating?: number | null; notes?: string | null } };

/** What v1's two words for one thing come to: `did_present` is what `status` says, and only fills in for it. */
export function toMarking({
  did_present,
  presentation_notes,
  presentation_rating,
  status,
}: V1Mark): ActionResult<Marking> {
  const presented = did_present ?? undefined;
  const said = status ?? (presented === undefined ? undefined : presented ? "presented" : "no_show");
  const contradicts = presented !== undefined && said !== "scheduled" && presented !== (said === "presented");
  if (contradicts || (presented && said === "scheduled")) {
    const message = `did_present is ${presented}, and the status says ${said}.`;
    return failure("invalid", message, { fields: { did_present: message } });
  }
  if (said === "cancelled") {
    if (!presentation_rating && !presentation_notes) return ok({ kind: "withdraw" });
    const message = "A sign-up that is cancelled has no rating and no feedback.";
    return failure("invalid", message, { fields: { status: message } });
  }
  const mark = {
    ...(said && { status: said }),
    ...(presentation_rating !== undefined && { rating: presentation_rating }),
    ...(presentation_notes !== undefined && { notes: presentation_notes }),
  };
  return ok({ kind: "mark", mark });
}
