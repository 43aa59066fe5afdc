import { describe, expect, it } from "vitest";
import { differenceOf, fieldInWords } from "./difference";

describe("the difference that an event shows", () => {
  it("is told field by field, without those that stayed as they were", () => {
    const before = { name: "Fall", endDate: "2026-12-18", instructors: ["Mia"], archived: false };
    const after = { name: "Fall", endDate: "2027-01-08", instructors: ["Mia", "Theo"], archived: true };
    expect(differenceOf(before, after)).toEqual([
      { field: "End date", before: "2026-12-18", after: "2027-01-08" },
      { field: "Instructors", before: "Mia", after: "Mia, Theo" },
      { field: "Archived", before: "no", after: "yes" },
    ]);
  });

  it("shows everything of what was created, deleted, or came without a counterpart", () => {
    expect(differenceOf(null, { name: "Ada", phone: null })).toEqual([
      { field: "Name", before: null, after: "Ada" },
      { field: "Phone", before: null, after: null },
    ]);
    expect(differenceOf({ name: "Ada" }, null)).toEqual([{ field: "Name", before: "Ada", after: null }]);
    expect(differenceOf({ role: "user" }, { batch: "Fall" })).toEqual([
      { field: "Role", before: "user", after: null },
      { field: "Batch", before: null, after: "Fall" },
    ]);
    expect(differenceOf(null, null)).toEqual([]);
  });

  it("never shows what is called like a secret, however deep, and says that there was one", () => {
    const change = differenceOf(
      { passwordHash: "h1", webhook: { ciphertext: "abc" }, window: { token: "t", days: 14 } },
      { passwordHash: "h2", webhook: null, registration_key: "KEY-9" },
    );
    expect(JSON.stringify(change)).not.toMatch(/h1|h2|abc|KEY-9|"t"/);
    expect(change).toEqual([
      { field: "Password hash", before: "not shown", after: "not shown" },
      { field: "Webhook", before: "not shown", after: null },
      { field: "Window", before: "Token: not shown; Days: 14", after: null },
      { field: "Registration key", before: null, after: "not shown" },
    ]);
  });

  it("reads names of either spelling", () => {
    expect(fieldInWords("dateExpired")).toBe("Date expired");
    expect(fieldInWords("from_date")).toBe("From date");
    expect(fieldInWords("academy_name")).toBe("Academy name");
  });
});
