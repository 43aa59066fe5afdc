import { expect, it } from "vitest";
import { syncOutcomeKinds } from "@/db/enums";
import { reasonText } from "./words";

it("a failed sync promises the last two weeks, which the night reads, and nothing beyond", () => {
  const later = syncOutcomeKinds.map(reasonText).filter((text) => text?.includes("tonight"));
  expect(later.length).toBeGreaterThanOrEqual(5);
  for (const text of later) expect(text).toMatch(/last 14 days are asked for again tonight; if older ones are missing/);
  for (const kind of syncOutcomeKinds) expect(reasonText(kind) ?? "").not.toMatch(/nothing is lost/i);
});
