import { z } from "zod";

const parsed = (value: unknown): unknown => {
  try {
    return typeof value === "string" ? JSON.parse(value) : undefined;
  } catch {
    return undefined;
  }
};

/** What a form showed of these fields when it was begun (components/ui/seen-field). Without it the version alone counts. */
export const seenField = <const Name extends string>(names: readonly Name[]) =>
  z.preprocess(parsed, z.record(z.enum(names), z.string().nullable()).optional().catch(undefined));
