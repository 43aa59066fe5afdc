import { expect, it } from "vitest";
import { stillHolds } from "./still-holds";

it("holds while every field is stored as it was shown", () => {
  const stored = { name: "Ana", phone: null };
  expect(stillHolds({ name: "Ana", phone: null }, stored)).toBe(true);
  expect(stillHolds({ name: "Ana", phone: "" }, stored)).toBe(false);
  expect(stillHolds(undefined, stored)).toBe(false);
});
