import { z } from "zod";
import { uuidFrom } from "@/db/seed/demo-person";
import { type Agent, readUserAgent } from "./user-agent";

/** WakaTime takes no more in one request; the command line sends fewer. */
export const MOST_HEARTBEATS = 25;
const LARGEST_INT = 2_147_483_647;
const REQUIRED = "This field is required.";
const NUMBER = `Number must be between 1 and ${LARGEST_INT}.`;

const text = z.string(REQUIRED).min(1, REQUIRED);
const whole = z.number(NUMBER).int(NUMBER).min(1, NUMBER).max(LARGEST_INT, NUMBER).nullish();
const optional = z.string().nullish();

const heartbeatSchema = z.object({
  entity: text,
  type: text,
  time: z.number(REQUIRED).min(1e9, "Not a time.").max(2e9, "Not a time."),
  category: optional,
  project: optional,
  branch: optional,
  language: optional,
  // Old senders join them with commas.
  dependencies: z
    .union([z.array(z.string()), z.string().transform((value) => value.split(","))])
    .nullish()
    .transform((names) => names ?? []),
  is_write: z.boolean().nullish(),
  lines: whole,
  lineno: whole,
  cursorpos: whole,
  user_agent: optional,
});

type Posted = z.infer<typeof heartbeatSchema>;
export type Heartbeat = Posted & { id: string; ms: number; category: string; machine: string } & Agent;

/** Who posts, and what the request says about all of its heartbeats. */
export type Sender = { person: number; userSince: number; userAgent: string; machine: string };

export type Result = [body: object, status: number];

const identity = ({ entity, type, project, branch, language, time }: Posted) =>
  JSON.stringify([entity, type, project, branch, language, time]);

const LAST = /^<<LAST_(PROJECT|LANGUAGE|BRANCH)>>$/;

/** What editors have sent, by person, in memory. */
export function createHeartbeats() {
  const stored = new Map<number, Map<string, Heartbeat>>();
  const of = (person: number) => [...(stored.get(person)?.values() ?? [])].sort((a, b) => a.ms - b.ms);

  function filledIn(beat: Posted, person: number): Posted {
    const last = of(person).at(-1);
    const fill = (key: "project" | "language" | "branch") => (LAST.test(beat[key] ?? "") ? last?.[key] : beat[key]);
    return { ...beat, project: fill("project"), language: fill("language"), branch: fill("branch") };
  }

  function add(value: unknown, { person, userSince, userAgent, machine }: Sender): Result {
    const parsed = heartbeatSchema.safeParse(value);
    if (!parsed.success) return [{ errors: z.flattenError(parsed.error).fieldErrors }, 400];
    if (parsed.data.time * 1000 < userSince) {
      return [{ errors: { time: ["Can not log time before user was created."] } }, 400];
    }
    const beat = filledIn(parsed.data, person);
    const own = stored.get(person) ?? new Map<string, Heartbeat>();
    stored.set(person, own);
    const key = identity(beat);
    // A repetition is a success, or its sender would try for ever.
    if (own.has(key)) return [{ data: null }, 201];
    const id = uuidFrom(`heartbeat:${person}:${key}`);
    const category = beat.category || (beat.type === "file" ? "coding" : "browsing");
    const agent = readUserAgent(beat.user_agent ?? userAgent);
    own.set(key, { ...beat, id, ms: Math.round(beat.time * 1000), category, machine, ...agent });
    return [{ data: { id } }, 201];
  }

  return { add, of, clear: () => stored.clear() };
}

export type Heartbeats = ReturnType<typeof createHeartbeats>;

/** The array of a bulk request. The web build of one editor sends JSON within a JSON string. */
export function readBulk(body: string): unknown[] | null {
  try {
    const once: unknown = JSON.parse(body);
    const value: unknown = typeof once === "string" ? JSON.parse(once) : once;
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
