import { describe, expect, it } from "vitest";
import { daysBetween } from "@/lib/dates";
import { planDemoAcademy } from "./demo-academy";
import { holidaysOf, isHoliday } from "./holidays";
import { DEMO_SIGN_INS, demoPassword } from "./index";
import { mailName, nameOf } from "./names";
import { planSizedAcademy } from "./sized-academy";

describe("demoPassword", () => {
  it("is stable, differs between installations and satisfies the password rules", () => {
    const password = demoPassword("one secret");
    expect(password).toBe(demoPassword("one secret"));
    expect(password).not.toBe(demoPassword("another secret"));
    for (const rule of [/[A-Z]/, /[a-z]/, /[0-9]/, /^.{8,100}$/]) expect(password).toMatch(rule);
  });
});

describe("holidays", () => {
  it("move with the calendar", () => {
    const dates = Object.fromEntries(holidaysOf(2026).map(({ name, date }) => [name, date]));
    expect(dates).toMatchObject({
      "Martin Luther King Jr. Day": "2026-01-19",
      "Memorial Day": "2026-05-25",
      "Labor Day": "2026-09-07",
      Thanksgiving: "2026-11-26",
    });
    expect(isHoliday("2027-11-25")).toBe(true);
    expect(isHoliday("2027-11-24")).toBe(false);
  });
});

describe("names", () => {
  it("become mail addresses in plain letters", () => {
    expect(mailName("Małgorzata Ødegård")).toBe("malgorzata.odegard");
    expect(mailName("D'Angelo O'Shaughnessy")).toBe("dangelo.oshaughnessy");
    expect(mailName("Ольга Ковальчук")).toBe("");
  });

  it("do not repeat within an academy of 160", () => {
    expect(new Set(Array.from({ length: 160 }, (_, index) => nameOf(index))).size).toBe(160);
  });
});

describe.each(["2026-11-23T18:00:00Z", "2027-01-01T03:00:00Z", "2028-02-29T23:30:00Z"])(
  "a demo academy on %s",
  (instant) => {
    const now = new Date(instant);
    const plan = planDemoAcademy(now);
    const students = [...plan.students()];

    it("has 160 people with their own names and addresses", () => {
      expect(students).toHaveLength(160);
      expect(plan.studentCount).toBe(160);
      expect(new Set(students.map((each) => each.name)).size).toBe(160);
      expect(new Set([...students, ...plan.staff].map((each) => each.email)).size).toBe(160 + plan.staff.length);
      for (const { email } of DEMO_SIGN_INS)
        expect([...students, ...plan.staff].some((each) => each.email === email)).toBe(true);
      expect(students.filter(({ name }) => /ann/i.test(name)).length).toBeGreaterThan(5);
    });

    it("never enrols anybody in two batches at a time", () => {
      for (const { enrolments } of students) {
        for (const { from, to } of enrolments) if (to) expect(daysBetween(from, to)).toBeGreaterThan(0);
        const [first, second] = enrolments;
        if (first && second) expect(first.to && first.to <= second.from).toBe(true);
      }
    });

    it("presents only on Fridays that are no holidays, 12 past and 6 to come", () => {
      expect(plan.sessions).toHaveLength(18);
      for (const { date } of plan.sessions) {
        expect(new Date(`${date}T00:00:00Z`).getUTCDay()).toBe(5);
        expect(isHoliday(date)).toBe(false);
      }
    });
  },
);

describe("an academy of 10,000", () => {
  const plan = planSizedAcademy("10k", new Date("2026-11-23T18:00:00Z"));

  it("has 400 current students in 3 of 30 batches, and at most 300 days a person", () => {
    let current = 0;
    for (const { enrolments, coding } of plan.students()) {
      if (enrolments.at(-1)?.to === null) current += 1;
      if (coding) expect(daysBetween(coding.rowFrom, coding.rowTo)).toBeLessThan(300);
    }
    expect(current).toBe(400);
    expect(plan.batches).toHaveLength(30);
    expect(
      plan.batches.filter(({ startDate, endDate }) => startDate <= "2026-11-23" && endDate >= "2026-11-23"),
    ).toHaveLength(3);
  });
});
