import { z } from "zod";
import { goalKinds, goalPeriods } from "@/db/enums";
import { idField, orNull, textField, versionField } from "@/lib/form-fields";

const MINUTE_MS = 60_000;

const count = (most: number, message: string) =>
  z
    .preprocess((value) => (String(value ?? "").trim() === "" ? 0 : value), z.coerce.number(message).int(message))
    .refine((value) => value >= 0 && value <= most, message);

const content = {
  what: z.enum(["all", ...goalKinds], "Please choose what counts."),
  name: orNull(textField(200)),
  period: z.enum(goalPeriods, "Please choose a period."),
  // Whether they fit into the period is the mutation's to say.
  hours: count(1_000, "Whole hours, please."),
  minutes: count(59, "Whole minutes, 59 at most."),
};

type Content = z.infer<z.ZodObject<typeof content>>;

/** All coding has no name; a language or a project needs one. */
const isNamed = ({ what, name }: Content) => what === "all" || name !== null;
const missing = { path: ["name"], message: "Please give the name." };

const aimOf = ({ what, name, period, hours, minutes }: Content) => ({
  period,
  kind: what === "all" ? null : what,
  name: what === "all" ? null : name,
  targetMs: (hours * 60 + minutes) * MINUTE_MS,
});

export const newGoalSchema = z.object(content).refine(isNamed, missing).transform(aimOf);

export const goalSchema = z
  .object({ goalId: idField, version: versionField, ...content })
  .refine(isNamed, missing)
  .transform(({ goalId, version, ...rest }) => ({ goalId, version, ...aimOf(rest) }));

export const deleteGoalSchema = z.object({ goalId: idField });
