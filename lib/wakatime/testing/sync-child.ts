import { createDb } from "@/db/client";
import { syncUser } from "../sync";
import { testKeys } from "./people";
import { createTestClient } from "./stored";

// One person's sync in a process of its own, to be killed in the middle.
const { DATABASE_URL = "", FAKE_URL = "", USER_ID, RUN_ID, NOW = "" } = process.env;
const { db } = createDb(DATABASE_URL, { max: 2, name: "cohort-test-child" });
await syncUser({
  db,
  client: createTestClient(FAKE_URL),
  keys: testKeys,
  userId: Number(USER_ID),
  runId: Number(RUN_ID),
  now: () => new Date(NOW),
});
