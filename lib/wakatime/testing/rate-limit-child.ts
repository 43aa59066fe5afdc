import { createDb } from "@/db/client";
import { createRateLimiter } from "../rate-limit";

// One process of several that share the academy's limit.
const { DATABASE_URL = "", CALL_URL = "", CALLS, PER_SECOND, AT_ONCE } = process.env;
const { db, close } = createDb(DATABASE_URL, { max: 4, name: "cohort-test-child" });
const limiter = createRateLimiter(db, { perSecond: Number(PER_SECOND), atOnce: Number(AT_ONCE), limitLoopback: true });
const url = new URL(CALL_URL);
await Promise.all(Array.from({ length: Number(CALLS) }, () => limiter.run(url, () => fetch(url))));
await close();
