import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { FIRST_DAY, traitsOf } from "./coding-generator";
import { LANGUAGES, STACK_SIZE } from "./coding-names";
import type { AcademyPlan } from "./plan";

const MINUTE_MS = 60_000;
const WEEK_MINUTES = 18 * 60;
const DAY_MINUTES = 90;

/** The student of the demo sign-in means to code so much a week, and so much a day in the language they use most. */
export async function loadGoals(tx: Db, { signInKey: key }: AcademyPlan): Promise<void> {
  const { stack } = traitsOf({ key, persona: "steady", firstDay: FIRST_DAY, lastDay: null, timeZone: "UTC" });
  const language = LANGUAGES[stack * STACK_SIZE] ?? null;
  await tx.execute(sql`
    insert into goal (student_id, slot, period, kind, name, target_ms)
    values (${key}, 1, 'week', null, null, ${WEEK_MINUTES * MINUTE_MS}),
      (${key}, 2, 'day', 'language', ${language}, ${DAY_MINUTES * MINUTE_MS})`);
}
