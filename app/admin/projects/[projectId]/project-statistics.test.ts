import { describe, expect, it } from "vitest";
import type { AssignmentStatus } from "@/db/enums";
import { projectStatistics } from "./project-statistics";

const on = (status: AssignmentStatus, more: { offerDate?: string; resumeUrl?: string; linkedinUrl?: string } = {}) => ({
  status,
  offerDate: null,
  resumeUrl: null,
  linkedinUrl: null,
  ...more,
});

describe("what a project's assignments come to", () => {
  it("leaves those who dropped it out of the share", () => {
    const found = projectStatistics([
      on("assigned"),
      on("active", { linkedinUrl: "https://example.org/a" }),
      on("completed", { offerDate: "2026-05-01", resumeUrl: "https://example.org/b" }),
      on("dropped", { offerDate: "2026-05-02" }),
    ]);
    expect(found).toEqual({
      assigned: 1,
      active: 1,
      completed: 1,
      dropped: 1,
      total: 4,
      open: 2,
      offers: 2,
      links: 2,
      completedShare: 33,
    });
  });

  it("has no share where nobody stayed", () => {
    expect(projectStatistics([on("dropped")]).completedShare).toBeNull();
    expect(projectStatistics([]).completedShare).toBeNull();
  });
});
