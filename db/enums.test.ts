import { describe, expect, it } from "vitest";
import { type EnrolmentStatus, enrolmentStatuses, statusesAfter } from "./enums";

describe("which enrolment status may follow which", () => {
  it("is exactly this table", () => {
    const allowed = (from: EnrolmentStatus) => enrolmentStatuses.filter((to) => statusesAfter[from].includes(to));
    expect(Object.fromEntries(enrolmentStatuses.map((from) => [from, allowed(from)]))).toEqual({
      invited: ["active", "dropped"],
      active: ["paused", "dropped", "graduated"],
      paused: ["active", "dropped", "graduated"],
      dropped: ["active"],
      graduated: ["active"],
    });
  });

  it("leads from every status back to active, and never to itself", () => {
    for (const status of enrolmentStatuses) {
      expect(statusesAfter[status]).not.toContain(status);
      if (status !== "active") expect(statusesAfter[status]).toContain("active");
    }
  });
});
