/** What a deleted account is called, wherever it is still counted. */
export const DELETED_NAME = "Deleted student";

type Json = unknown;
type Fields = Record<string, Json> | null;

/** An event of the audit log, as far as it can tell of somebody. */
export type LoggedEvent = { id: number; subjectType: string; label: string; before: Fields; after: Fields };

/** What an event about a deleted person still says: which kind of change it was, never what they wrote or are called. */
const KEPT = new Set([
  "again",
  "batch",
  "because",
  "daysDeleted",
  "disabled",
  "dueAt",
  "endedProject",
  "from",
  "hideProjectNames",
  "history",
  "isShared",
  "kind",
  "period",
  "project",
  "rating",
  "replaced",
  "role",
  "status",
  "studentId",
  "to",
  "toldWakatime",
]);

/** Labels of these go on after the name, with what is the academy's own: a project, a session. */
const NAMED_FIRST = new Set(["assignment", "demo_signup"]);

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A name of the person, or an address; `theirsAlone` when no other account has it too. */
export type KnownName = { text: string; theirsAlone: boolean };

/** What says who it is wherever it stands. A single word may as well be a word: Rose, Mark, May. */
export const sayingWho = (names: KnownName[]): string[] =>
  names.filter(({ text, theirsAlone }) => theirsAlone && /\S[\s@]\S|@/.test(text)).map(({ text }) => text);

/** Finds any of these texts where it stands by itself, in any case; null when there is nothing to look for. */
function finder(names: KnownName[]): RegExp | null {
  const wanted = sayingWho(names).sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return null;
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${wanted.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

function replaceIn(value: Json, find: RegExp | null): Json {
  if (find === null) return value;
  if (typeof value === "string") return value.replace(find, DELETED_NAME);
  if (Array.isArray(value)) return value.map((each) => replaceIn(each, find));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, replaceIn(each, find)]));
}

const keptOf = (fields: Fields): Fields =>
  fields && Object.fromEntries(Object.entries(fields).filter(([key]) => KEPT.has(key)));

/**
 * An event without the person: what is about themselves keeps its kind and a few facts; of any other only the names and
 * addresses go, where they stand as words of their own.
 */
export function redactEvent(event: LoggedEvent, names: KnownName[], isAboutThem: boolean): LoggedEvent {
  const find = finder(names);
  const clean = (fields: Fields) => replaceIn(fields, find) as Fields;
  if (!isAboutThem) {
    const { label, before, after } = event;
    return { ...event, label: replaceIn(label, find) as string, before: clean(before), after: clean(after) };
  }
  const called = NAMED_FIRST.has(event.subjectType)
    ? names.find(({ text }) => event.label.startsWith(`${text} · `))?.text
    : undefined;
  const label = called ? `${DELETED_NAME}${event.label.slice(called.length)}` : DELETED_NAME;
  return { ...event, label, before: clean(keptOf(event.before)), after: clean(keptOf(event.after)) };
}
