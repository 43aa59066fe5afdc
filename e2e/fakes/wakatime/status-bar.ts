import type { DemoPerson } from "@/db/seed/coding-generator";
import { localDate } from "@/lib/dates";
import { type Rules, summaryDay } from "./days";

/** /status_bar/today before WakaTime has computed the day: no `cached_at`, empty strings. */
export const coldStatusBar = (timeZone: string) => ({
  data: {
    grand_total: { decimal: "", digital: "", hours: 0, minutes: 0, text: "", total_seconds: 0 },
    categories: [],
    dependencies: [],
    editors: [],
    languages: [],
    machines: [],
    operating_systems: [],
    projects: [],
    range: { date: "", end: "", start: "", text: "Today", timezone: timeZone },
  },
  has_team_features: false,
});

export const warmStatusBar = (person: DemoPerson, rules: Rules) => ({
  cached_at: rules.now.toISOString().replace(/\.\d+Z$/, "Z"),
  data: summaryDay(person, localDate(rules.now, rules.timeZone), rules),
  has_team_features: false,
});
