import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/**
 * Brings up to date what stands with people of their shown enrolment, after a day on which another one began. Lists are
 * right without it: what is out of date is looked up. Done every half hour, so that little has to be; whoever is being
 * changed just then is left for the next time.
 */
export async function refreshShownEnrolments(db: Db): Promise<void> {
  await db.execute(sql`
    select show_with_users(array(
      select student_id from "user" where shown_until <= now() or shown_from > now()
      order by id for no key update skip locked))`);
}
