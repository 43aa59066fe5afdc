import { eq, sql } from "drizzle-orm";
import ICAL from "ical.js";
import { beforeAll, describe, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { type CalendarFeed, getCalendarFeed } from "@/db/queries/calendar-feed";
import { calendarToken, demoSession, demoSignup, user } from "@/db/schema";
import { testDb, withRollback } from "@/db/testing/database";
import { createBatch, createDemoSession, createSignup, createStudent, createUser } from "@/db/testing/factories";
import { localDate, localTime } from "@/lib/dates";
import { calendarText } from "./calendar-feed";
import { feedPath, isFeedToken, newFeed, tokenOfPath } from "./feed-token";

const NOW = new Date("2026-02-20T12:00:00Z");
const PAGE = "https://cohort.test/portal/demo-sessions";

beforeAll(() => {
  process.env.AUTH_SECRET = "a secret of thirty-two characters";
});

/** A link for a person, and its secret as a calendar sends it. */
async function giveLink(tx: Db, userId: number): Promise<string> {
  const { nonce, tokenHash } = newFeed();
  await tx.insert(calendarToken).values({ userId, nonce, tokenHash });
  const path = feedPath({ nonce, hash: tokenHash.toString("hex") }) ?? "";
  return tokenOfPath(path.split("/").at(-1) ?? "") ?? "";
}

const feedOf = async (tx: Db, token: string, now = NOW): Promise<CalendarFeed> => {
  const feed = await getCalendarFeed(tx, token, now);
  if (!feed) throw new Error("the link leads nowhere");
  return feed;
};

/** What a parser that is not ours reads out of a feed. */
function parsed(feed: Pick<CalendarFeed, "academy" | "sessions">) {
  const calendar = new ICAL.Component(ICAL.parse(calendarText(feed, PAGE)));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: event.startDate.toJSDate(),
      inUtc: event.startDate.zone === ICAL.Timezone.utcTimezone,
      minutes: event.duration.toSeconds() / 60,
      summary: event.summary,
      description: event.description,
      location: event.location,
      sequence: event.sequence,
      status: component.getFirstPropertyValue("status"),
      busy: component.getFirstPropertyValue("transp"),
    };
  });
}

const titles = (feed: CalendarFeed) => feed.sessions.map(({ title }) => title);

it("every session begins at its own hour in its own zone, before and after both changes of the clocks", async () => {
  // The United States change on 8 March and 1 November 2026, Portugal on 29 March and 25 October, Sydney on 5 April and
  // 4 October, the other way round.
  const known = [
    ["2026-03-06", "America/Chicago", "2026-03-06T21:00:00.000Z"],
    ["2026-03-13", "America/Chicago", "2026-03-13T20:00:00.000Z"],
    ["2026-10-30", "America/Chicago", "2026-10-30T20:00:00.000Z"],
    ["2026-11-06", "America/Chicago", "2026-11-06T21:00:00.000Z"],
    ["2026-03-27", "Europe/Lisbon", "2026-03-27T15:00:00.000Z"],
    ["2026-04-03", "Europe/Lisbon", "2026-04-03T14:00:00.000Z"],
    ["2026-10-23", "Europe/Lisbon", "2026-10-23T14:00:00.000Z"],
    ["2026-10-31", "Europe/Lisbon", "2026-10-31T15:00:00.000Z"],
    ["2026-04-02", "Australia/Sydney", "2026-04-02T04:00:00.000Z"],
    ["2026-04-10", "Australia/Sydney", "2026-04-10T05:00:00.000Z"],
    ["2026-10-02", "Australia/Sydney", "2026-10-02T05:00:00.000Z"],
    ["2026-10-09", "Australia/Sydney", "2026-10-09T04:00:00.000Z"],
  ] as const;
  await withRollback(testDb(), async (tx) => {
    for (const [sessionDate, timeZone] of known) {
      await createDemoSession(tx, { sessionDate, timeZone, sessionTime: "15:00", title: `${sessionDate} ${timeZone}` });
    }
    const token = await giveLink(tx, (await createStudent(tx)).id);
    const events = parsed(await feedOf(tx, token));
    expect(events).toHaveLength(known.length);
    for (const [date, timeZone, instant] of known) {
      const event = events.find(({ summary }) => summary === `${date} ${timeZone}`);
      expect(event, `${date} ${timeZone}`).toMatchObject({ start: new Date(instant), inUtc: true, minutes: 60 });
      expect([localDate(new Date(instant), timeZone), localTime(new Date(instant), timeZone)]).toEqual([date, "15:00"]);
    }
  });
});

it("a change keeps the event and counts it up, a cancelled session stays as cancelled, a deleted one is gone", async () => {
  await withRollback(testDb(), async (tx) => {
    const session = await createDemoSession(tx, { sessionDate: "2026-03-06", timeZone: "UTC", sessionTime: "15:00" });
    const person = await createStudent(tx);
    await createSignup(tx, session.id, person.studentId);
    const token = await giveLink(tx, person.id);
    const [first] = parsed(await feedOf(tx, token));
    expect(first).toMatchObject({
      sequence: 1,
      status: "CONFIRMED",
      summary: "Friday demo session (you present)",
      busy: "OPAQUE",
    });

    const itself = eq(demoSession.id, session.id);
    await tx.update(demoSession).set({ sessionDate: "2026-03-09", sessionTime: "16:30", version: 2 }).where(itself);
    const [moved] = parsed(await feedOf(tx, token));
    expect(moved).toMatchObject({ uid: first?.uid, sequence: 2, start: new Date("2026-03-09T16:30:00Z") });

    const gone = { isCancelled: true, cancelReason: "The building is closed.", version: 3 };
    await tx.update(demoSession).set(gone).where(itself);
    const [cancelled] = parsed(await feedOf(tx, token));
    expect(cancelled).toMatchObject({ uid: first?.uid, sequence: 3, status: "CANCELLED", busy: "TRANSPARENT" });
    expect(cancelled?.summary).toBe("Cancelled: Friday demo session");
    expect(cancelled?.description).toContain("The building is closed.");

    await tx.delete(demoSession).where(itself);
    expect(parsed(await feedOf(tx, token))).toEqual([]);
  });
});

it("a place that is given up changes the event at a later moment, never at an earlier one", async () => {
  await withRollback(testDb(), async (tx) => {
    const session = await createDemoSession(tx, { sessionDate: "2026-03-02" });
    const person = await createStudent(tx);
    const token = await giveLink(tx, person.id);
    const { id } = await createSignup(tx, session.id, person.studentId);
    const later = (minutes: number) => new Date(session.updatedAt.getTime() + minutes * 60_000);
    const change = async (values: Partial<typeof demoSignup.$inferInsert>) => {
      await tx.update(demoSignup).set(values).where(eq(demoSignup.id, id));
      const [first] = (await feedOf(tx, token)).sessions;
      return { at: new Date(first?.changedAt ?? 0), status: first?.status };
    };
    expect(await change({ updatedAt: later(5) })).toEqual({ at: later(5), status: "scheduled" });
    expect(await change({ status: "cancelled", updatedAt: later(9) })).toEqual({ at: later(9), status: null });
  });
});

describe("whose sessions a link shows", () => {
  it("those for everybody and of one's batch; others', and switched off ones, only with a place", async () => {
    await withRollback(testDb(), async (tx) => {
      const [own, other] = [await createBatch(tx), await createBatch(tx)];
      const person = await createStudent(tx, { batchId: own.id });
      const titled = (title: string, day: string, more: object = {}) =>
        createDemoSession(tx, { sessionDate: `2026-03-${day}`, title, ...more });
      await titled("All", "02");
      await titled("Own", "03", { batchId: own.id });
      await titled("Other", "04", { batchId: other.id });
      await titled("Off", "05", { isActive: false });
      const kept = await titled("Off with a place", "06", { isActive: false });
      const left = await titled("Off and withdrawn", "09", { isActive: false });
      await titled("Long ago", "10", { sessionDate: "2025-10-01" });
      await createSignup(tx, kept.id, person.studentId, "waitlisted");
      await createSignup(tx, left.id, person.studentId, "cancelled");

      expect(titles(await feedOf(tx, await giveLink(tx, person.id)))).toEqual(["All", "Own", "Off with a place"]);
      const teacher = await createUser(tx, { role: "instructor" });
      expect(titles(await feedOf(tx, await giveLink(tx, teacher.id)))).toEqual(["All", "Own", "Other"]);
    });
  });

  it("nobody's: an unknown, a replaced, a disabled person's link, or one of another secret", async () => {
    await withRollback(testDb(), async (tx) => {
      const person = await createStudent(tx);
      const token = await giveLink(tx, person.id);
      expect(await getCalendarFeed(tx, "x".repeat(43), NOW)).toBeNull();
      const { nonce } = await feedOf(tx, token);
      expect(isFeedToken(token, nonce)).toBe(true);
      const other = "another secret of thirty-two characters";
      expect(isFeedToken(token, nonce, other)).toBe(false);
      const kept = newFeed(other);
      expect(feedPath({ nonce: kept.nonce, hash: kept.tokenHash.toString("hex") })).toBeNull();

      await tx.update(user).set({ disabledAt: NOW }).where(eq(user.id, person.id));
      expect(await getCalendarFeed(tx, token, NOW)).toBeNull();
      await tx.update(user).set({ disabledAt: null, role: "user" }).where(eq(user.id, person.id));
      expect(await getCalendarFeed(tx, token, NOW)).toBeNull();
      await tx.update(user).set({ role: "student" }).where(eq(user.id, person.id));
      await tx.delete(calendarToken);
      expect(await getCalendarFeed(tx, token, NOW)).toBeNull();
    });
  });
});

it("notes that a link is used, at most once in half an hour", async () => {
  await withRollback(testDb(), async (tx) => {
    const token = await giveLink(tx, (await createStudent(tx)).id);
    const seen = async () => (await tx.select({ at: calendarToken.lastUsedAt }).from(calendarToken))[0]?.at;
    const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
    await feedOf(tx, token);
    await feedOf(tx, token, minutesLater(29));
    expect(await seen()).toEqual(NOW);
    await feedOf(tx, token, minutesLater(31));
    expect(await seen()).toEqual(minutesLater(31));
  });
});

it("whatever staff write stays text, and the same sessions give the same feed", async () => {
  await withRollback(testDb(), async (tx) => {
    const title = "Demos; one, two \\ “three” 🎉";
    const description = `Line one\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:Nobody's\n${"long ".repeat(60)}`;
    const session = await createDemoSession(tx, { sessionDate: "2026-03-06", title, description });
    const person = await createStudent(tx);
    const token = await giveLink(tx, person.id);
    const feed = await feedOf(tx, token);
    const [event, ...more] = parsed({ academy: "Night, School; Ltd", sessions: feed.sessions });
    expect(more).toEqual([]);
    expect(event?.summary).toBe(title);
    expect(event?.description).toContain("END:VEVENT\nBEGIN:VEVENT\nSUMMARY:Nobody's");
    expect(calendarText(feed, PAGE)).toBe(calendarText(await feedOf(tx, token), PAGE));
    for (const line of calendarText(feed, PAGE).split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);

    await createSignup(tx, session.id, person.studentId, "waitlisted");
    await tx.update(demoSignup).set({ updatedAt: sql`now() + interval '1 minute'` });
    const [waiting] = parsed(await feedOf(tx, token));
    expect(waiting?.summary).toBe(`${title} (you are on the waiting list)`);
  });
});
