import { describe, expect, it } from "vitest";
import { bulkCreateSchema, sessionCreateSchema, sessionUpdateSchema } from "./api-v1-demo";
import { signupMarkSchema, toMarking } from "./api-v1-signup";

describe("a session of v1", () => {
  it("has v1's defaults: 15:00, its title, active, no limit", () => {
    expect(sessionCreateSchema.parse({ session_date: "2027-01-08" })).toMatchObject({
      session_time: "15:00",
      title: "Friday Demo Session",
      is_active: true,
      max_scheduled: null,
      zoom_link: null,
    });
  });

  it("is refused with a limit of none, a script for a link, a day or time that is none, or cancelled from the start", () => {
    const wrong = [
      { max_scheduled: 0 },
      { max_scheduled: -1 },
      { max_scheduled: 1.5 },
      { zoom_link: "javascript:alert(1)" },
      { session_date: "2027-02-30" },
      { session_time: "25:00" },
      { session_time: "15:00:30" },
      { time_zone: "Mars/Olympus" },
      { title: "x".repeat(121) },
      { is_cancelled: true },
    ];
    for (const each of wrong) {
      const parsed = sessionCreateSchema.safeParse({ session_date: "2027-01-08", ...each });
      expect(parsed.success, JSON.stringify(each)).toBe(false);
    }
  });

  it("takes times as v1 wrote them, and an empty text as none", () => {
    const given = { session_date: "2027-01-08", session_time: "09:30:00", zoom_link: "", notes: " ", title: " " };
    expect(sessionCreateSchema.parse(given)).toMatchObject({
      session_time: "09:30",
      zoom_link: null,
      notes: null,
      title: "Friday Demo Session",
    });
  });

  it("keeps what an update leaves out apart from what it takes away", () => {
    expect(sessionUpdateSchema.parse({ max_scheduled: null })).toMatchObject({ max_scheduled: null });
    expect(sessionUpdateSchema.parse({})).not.toHaveProperty("max_scheduled");
  });

  it("names the one of many that is wrong", () => {
    const parsed = bulkCreateSchema.safeParse([{ session_date: "2027-01-08" }, { session_date: "soon" }]);
    expect(parsed.error?.issues[0]?.path).toEqual([1, "session_date"]);
  });
});

describe("v1's mark of a sign-up", () => {
  it.each([
    [{ did_present: true }, { status: "presented" }],
    [{ did_present: false }, { status: "no_show" }],
    [{ did_present: null, status: null }, {}],
    [{ status: "scheduled", did_present: false }, { status: "scheduled" }],
    [
      { presentation_rating: 4, presentation_notes: " Clear " },
      { rating: 4, notes: "Clear" },
    ],
    [
      { presentation_rating: null, presentation_notes: "" },
      { rating: null, notes: null },
    ],
  ])("%o is %o", (given, mark) =>
    expect(toMarking(signupMarkSchema.parse(given))).toEqual({ ok: true, data: { kind: "mark", mark } }),
  );

  it("is a withdrawal when the status says cancelled", () => {
    const given = { status: "cancelled", did_present: false, presentation_notes: "", presentation_rating: null };
    expect(toMarking(signupMarkSchema.parse(given))).toEqual({ ok: true, data: { kind: "withdraw" } });
  });

  it.each([
    { status: "no_show", did_present: true },
    { status: "presented", did_present: false },
    { status: "scheduled", did_present: true },
    { status: "cancelled", presentation_rating: 3 },
  ])("is refused where its words contradict each other: %o", (given) =>
    expect(toMarking(signupMarkSchema.parse(given))).toMatchObject({ ok: false, code: "invalid" }),
  );

  it("takes no status that is none, and no sixth star", () => {
    expect(signupMarkSchema.safeParse({ status: "banana" }).success).toBe(false);
    expect(signupMarkSchema.safeParse({ status: "waitlisted" }).success).toBe(false);
    expect(signupMarkSchema.safeParse({ presentation_rating: 6 }).success).toBe(false);
  });
});
