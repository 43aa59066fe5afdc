/** Minutes of an average weekday and weekend day; how many of 256 such days are days of rest; how interest fades. */
const personas = {
  keen: { weekdayMinutes: 270, weekendMinutes: 150, weekdayRest: 8, weekendRest: 60, driftPercentPerWeek: 0 },
  steady: { weekdayMinutes: 200, weekendMinutes: 80, weekdayRest: 20, weekendRest: 140, driftPercentPerWeek: 0 },
  weekender: { weekdayMinutes: 60, weekendMinutes: 260, weekdayRest: 120, weekendRest: 25, driftPercentPerWeek: 0 },
  drifting: { weekdayMinutes: 190, weekendMinutes: 60, weekdayRest: 25, weekendRest: 150, driftPercentPerWeek: 4 },
  struggling: { weekdayMinutes: 110, weekendMinutes: 30, weekdayRest: 60, weekendRest: 190, driftPercentPerWeek: 0 },
};

export type Persona = keyof typeof personas;
export const PERSONAS = personas;

/** How often each occurs in a class, by repetition. */
const MIX: Persona[] = [
  "steady",
  "keen",
  "steady",
  "weekender",
  "steady",
  "drifting",
  "keen",
  "steady",
  "struggling",
  "keen",
  "steady",
  "weekender",
  "steady",
  "keen",
  "drifting",
  "steady",
  "struggling",
  "steady",
  "keen",
  "weekender",
];

export const personaOf = (key: number): Persona => MIX[(key * 7) % MIX.length] ?? "steady";

export const isPersona = (value: string): value is Persona => Object.hasOwn(personas, value);
