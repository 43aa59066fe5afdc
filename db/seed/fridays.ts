import { addDays, type DateString, daysBetween } from "@/lib/dates";
import { FIRST_DAY } from "./coding-generator";
import { isHoliday } from "./holidays";
import { type BatchPlan, CHICAGO, LISBON, type SessionPlan } from "./plan";

const FRIDAY = 6;

/** Fridays that are no holidays: `count` of them from a day on, or before it (nearest first). */
function fridays(today: DateString, count: number, step: 7 | -7): DateString[] {
  const next = addDays(today, (FRIDAY - (daysBetween(FIRST_DAY, today) % 7) + 7) % 7);
  const found: DateString[] = [];
  for (let date = step > 0 ? next : addDays(next, -7); found.length < count; date = addDays(date, step)) {
    if (!isHoliday(date)) found.push(date);
  }
  return found;
}

const TITLES = ["Friday demo session", "Friday demo session", "Show and tell", "Friday demo session", "Project review"];
const PAST_PLACES = [6, 8, null, 6, 10];

type Story = Partial<
  Pick<SessionPlan, "active" | "cancelled" | "places" | "signups" | "waiting" | "signInPlace" | "title">
>;

/** The coming six: places left, full with a waiting list, no limit, cancelled, switched off, and far away. */
const UPCOMING: Story[] = [
  { places: 6, signups: 4, signInPlace: 2 },
  { places: 4, signups: 4, waiting: 3, signInPlace: 6, title: "Capstone previews" },
  { places: null, signups: 3, title: "Open house demos" },
  { places: 6, signups: 3, cancelled: true },
  { places: 6, signups: 2, active: false },
  { places: 8, signups: 0 },
];

/** Demo sessions on Fridays around today, at most one a day; one of four is held in Lisbon for its batch. */
export function planSessions(today: DateString, pastCount: number, batches: BatchPlan[]): SessionPlan[] {
  const past = fridays(today, pastCount, -7).reverse();
  const coming = fridays(today, UPCOMING.length, 7);
  return [...past, ...coming].map((date, index) => {
    const story = UPCOMING[index - past.length];
    const lisbon = index % 4 === 3;
    const batch = lisbon
      ? batches.find((each) => each.timeZone === LISBON && each.startDate <= date && date <= each.endDate)
      : undefined;
    const weeksAgo = past.length - index;
    return {
      id: index + 1,
      date,
      time: lisbon ? "16:30" : "15:00",
      timeZone: lisbon ? LISBON : CHICAGO,
      title: TITLES[index % TITLES.length] ?? "Friday demo session",
      batchId: batch?.id ?? null,
      active: true,
      cancelled: false,
      places: PAST_PLACES[index % PAST_PLACES.length] ?? null,
      signups: 4 + (index % 3) * 2,
      waiting: 0,
      signInPlace: weeksAgo === 2 || weeksAgo === 7 ? 1 : null,
      ...story,
    };
  });
}
