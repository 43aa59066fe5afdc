import type { DatabaseState } from "../database/state";
import { Fault } from "../home/fault";

/** seed: fill the demo academy; demo: it is there; set-up: nobody is there yet; keep: real people are. */
export type DataPlan = "seed" | "demo" | "set-up" | "keep";

/**
 * What a start does with the data it finds. Invented people go only into our own embedded database or, when COHORT_DEMO=1
 * asks for it, into another that is empty; everything else is somebody's data and is left alone.
 */
export function planData(state: DatabaseState, embedded: boolean, demoSetting: string | undefined): DataPlan {
  const asked = demoSetting === "1" || demoSetting === "true";
  const declined = demoSetting === "0" || demoSetting === "false";
  if (state === "foreign") {
    throw new Fault(
      "The database already holds tables of another program: point DATABASE_URL at a database of its own.",
    );
  }
  const wanted = embedded ? !declined : asked;
  if (state === "empty") return wanted ? "seed" : "set-up";
  if (state === "demo") return embedded || asked ? "demo" : "keep";
  if (asked) {
    throw new Fault(
      "COHORT_DEMO=1 asks for invented people, but this database holds real ones: unset it, or use an empty database.",
    );
  }
  return "keep";
}
