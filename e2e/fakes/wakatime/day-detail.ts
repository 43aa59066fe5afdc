import type { CodingNameKind } from "@/db/enums";
import { type DemoPerson, demoUid } from "@/db/seed/coding-generator";
import { uuidFrom } from "@/db/seed/demo-person";
import type { DateString } from "@/lib/dates";
import { codedDay, NO_AI, type Rules } from "./days";
import { dayBounds, startOfDay } from "./local-day";
import { machineIdOf, NAMES_OF, type Span, spansOfDay } from "./spans";

const SLICES: Record<string, CodingNameKind> = {
  language: "language",
  dependencies: "dependency",
  os: "operating_system",
  editor: "editor",
  category: "category",
  machine: "machine",
};
/** When the work of a generated day begins. */
const GENERATED_START_MS = 9 * 3_600_000;

type Piece = { from: number; to: number; name: string };

/** Neighbours of one name without a break are one duration. */
function merged(spans: Span[], nameOf: (span: Span) => string): Piece[] {
  const pieces: Piece[] = [];
  for (const span of spans) {
    const last = pieces.at(-1);
    const name = nameOf(span);
    if (last && last.name === name && last.to === span.from) last.to = span.to;
    else pieces.push({ from: span.from, to: span.to, name });
  }
  return pieces;
}

function generated(person: DemoPerson, date: DateString, kind: CodingNameKind, rules: Rules): Piece[] {
  let from = startOfDay(date, rules.timeZone) + GENERATED_START_MS;
  const items = codedDay(person, date, rules).items.filter((item) => item.kind === kind);
  return items.map(({ name, ms }) => {
    const piece = { from, to: from + ms, name };
    from += ms;
    return piece;
  });
}

/** GET /durations: what ran from when for how long, by project or by another slice. */
export function durations(person: DemoPerson, date: DateString, sliceBy: string | null, rules: Rules) {
  const kind = SLICES[sliceBy ?? ""] ?? "project";
  const key = sliceBy && sliceBy in SLICES ? sliceBy : "project";
  const nameOf = ({ beat }: Span) => NAMES_OF[kind](beat)[0] ?? "";
  const posted = spansOfDay(rules.heartbeats ?? [], date, rules);
  const pieces = posted ? merged(posted, nameOf) : generated(person, date, kind, rules);
  return {
    data: pieces.map(({ from, to, name }) => ({
      time: from / 1000,
      duration: (to - from) / 1000,
      [key]: name,
      color: null,
      ...NO_AI,
    })),
    ...dayBounds(date, rules.timeZone),
    timezone: rules.timeZone,
  };
}

/** GET /heartbeats: what the person's editors have posted for the day. */
export function heartbeatsOfDay(person: DemoPerson, date: DateString, rules: Rules) {
  const bounds = dayBounds(date, rules.timeZone);
  const [starts, ends] = [Date.parse(bounds.start), Date.parse(bounds.end) + 1000];
  const own = (rules.heartbeats ?? []).filter((beat) => beat.ms >= starts && beat.ms < ends);
  return {
    data: own.map((beat) => ({
      id: beat.id,
      entity: beat.entity,
      type: beat.type,
      time: beat.time,
      project: beat.project ?? null,
      branch: beat.branch ?? null,
      language: beat.language ?? null,
      dependencies: beat.dependencies,
      lines: beat.lines ?? null,
      lineno: beat.lineno ?? null,
      cursorpos: beat.cursorpos ?? null,
      is_write: beat.is_write ?? false,
      category: NAMES_OF.category(beat)[0],
      created_at: bounds.start,
      user_id: demoUid(person.key),
      user_agent_id: uuidFrom(`agent:${beat.editor}:${beat.os}`),
      machine_name_id: machineIdOf(beat.machine),
    })),
    ...bounds,
    timezone: rules.timeZone,
  };
}
