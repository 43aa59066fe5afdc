import { runRound } from "@/bench/demo-race/race";
import { addRacers, dismissRacers } from "@/bench/demo-race/racers";
import { addDays } from "@/lib/dates";
import { setting, withDatabase } from "./fixtures/database";
import { expect, test } from "./fixtures/test";

test("old defect 13: two hundred race for ten places, then ten withdraw while twenty more sign up", async () => {
  test.setTimeout(120_000);
  await withDatabase(async ({ sql }) => {
    const racers = await addRacers(sql, 220, setting("E2E_AUTH_SECRET"));
    const course = { url: setting("E2E_URL"), sql, racers, places: 10, starters: 200 };
    const date = addDays("2196-01-01", Math.floor(Math.random() * 1_000));
    const { signUps, faults } = await runRound(course, date);
    expect(faults).toEqual([]);
    expect(signUps).toHaveLength(200);
    // Every student is shown every session to come: none is left behind.
    await sql`delete from demo_session where session_date = ${date}`;
    await dismissRacers(sql, racers);
  });
});
