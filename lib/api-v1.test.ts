import { describe, expect, it } from "vitest";
import { toV1Stats, toV1User, toWakatimeStats } from "./api-v1";

const week = (total_ms: number | null, days: number) => ({ total_ms, days, last_synced_at: "2026-06-10T03:00:00Z" });

describe("v1's 7-day stats", () => {
  it("spell a time as the old API did: 8229.65 s", () => {
    // 16,459.3 s over two days: 4 h 34 min 19 s in all, 8,229.65 s = 2 h 17 min 9 s a day.
    expect(toWakatimeStats(week(16_459_300, 2))).toEqual({
      total_seconds: 16_459.3,
      hours: 4,
      minutes: 34,
      digital: "4:34",
      text: "4 hrs 34 mins",
      last_updated: "2026-06-10T03:00:00Z",
      average_seconds: 8229.65,
      average_hours: 2,
      average_minutes: 17,
      average_digital: "2:17",
      average_text: "2 hrs 17 mins",
      days_counted: 2,
    });
  });

  it.each([
    [0, "0:00", "0 secs"],
    [1_999, "0:00", "1 sec"],
    [45_000, "0:00", "45 secs"],
    [59_999, "0:00", "59 secs"],
    [60_000, "0:01", "1 min"],
    [3_600_000, "1:00", "1 hr"],
    [3_660_000, "1:01", "1 hr 1 min"],
    [7_500_000, "2:05", "2 hrs 5 mins"],
    [360_000_000, "100:00", "100 hrs"],
  ])("%i ms is %s, %s", (ms, digital, text) => expect(toWakatimeStats(week(ms, 1))).toMatchObject({ digital, text }));

  it("are null without a single day, and not null for a day of zero", () => {
    expect(toWakatimeStats(week(null, 0))).toBeNull();
    expect(toWakatimeStats(week(0, 1))).toMatchObject({ total_seconds: 0, average_seconds: 0, days_counted: 1 });
  });
});

describe("v1's shapes", () => {
  it("has the eight totals under their old names", () => {
    const totals = {
      users: 1,
      students: 2,
      instructors: 3,
      admins: 4,
      activeBatches: 5,
      certificates: 6,
      demos: 7,
      usersWithWakatime: 8,
    };
    expect(toV1Stats(totals)).toEqual({
      total_users: 1,
      total_students: 2,
      total_instructors: 3,
      total_admins: 4,
      active_batches: 5,
      total_certificates: 6,
      total_demos: 7,
      users_with_wakatime: 8,
    });
  });

  it("hangs the stats under a student, leaves others without, and keeps the week to itself", () => {
    const person = { id: 1, email: null, name: "Ada", role: "student", disabled: false } as const;
    const detail = { id: 9, user: person, batch: null, project: null, certificates: [], demos: [] };
    const rest = { wakatime_connected: false, last_login: null };
    const student = toV1User({ ...person, ...rest, week: week(60_000, 1), student_detail: detail });
    expect(student).not.toHaveProperty("week");
    expect(student.student_detail).toMatchObject({ id: 9, wakatime_stats: { text: "1 min" } });
    expect(toV1User({ ...person, ...rest, week: week(null, 0), student_detail: null }).student_detail).toBeNull();
  });
});
