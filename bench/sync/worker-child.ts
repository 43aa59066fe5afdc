import pLimit from "p-limit";
import { demoAccessToken } from "@/db/seed/coding-generator";
import { startEmbeddedRunner } from "@/lib/jobs/embedded";
import { createWakatimeClient } from "@/lib/wakatime/client";
import { noRateLimit } from "@/lib/wakatime/rate-limit";
import { parseTokenKeys } from "@/lib/wakatime/token-crypto";
import { codingDays } from "@/lib/wakatime/transform";
import { trailingWindow } from "@/lib/wakatime/window";
import { benchPerson } from "./people";

/** As many as one chunk syncs at the same time. */
const AT_ONCE = 32;
const IN_LINE = 1_000;

const { DATABASE_URL = "", FAKE_URL = "", NOW = "", WAKATIME_TOKEN_KEYS = "" } = process.env;
const now = new Date(NOW);
const client = createWakatimeClient({
  apiUrl: `${FAKE_URL}/api/v1`,
  oauthUrl: `${FAKE_URL}/oauth`,
  clientId: "bench",
  clientSecret: "bench",
  redirectUri: "http://localhost/api/wakatime/callback",
  limiter: noRateLimit,
});

const heapMb = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

export type Done = { ms: number; heapGrowthMb: number; peakMb: number; days: number };

/** The yardstick: the same answers fetched, checked and turned into days, and nothing done with them. */
async function fetchAlone(users: number): Promise<{ ms: number; days: number }> {
  const startedAt = performance.now();
  let days = 0;
  for (let first = 1; first <= users; first += IN_LINE) {
    const slots = pLimit(AT_ONCE);
    const keys = Array.from({ length: Math.min(IN_LINE, users - first + 1) }, (_, index) => first + index);
    await Promise.all(
      keys.map((key) =>
        slots(async () => {
          const person = benchPerson(key);
          const asked = { ...trailingWindow(now, person.timeZone, 14), timeZone: person.timeZone };
          days += codingDays(await client.summaries(demoAccessToken(person), asked), asked).length;
        }),
      ),
    );
  }
  return { ms: performance.now() - startedAt, days };
}

const heapBefore = heapMb();
const report = (more: { ms: number; days: number }) =>
  process.send?.({
    ...more,
    heapGrowthMb: heapMb() - heapBefore,
    peakMb: process.resourceUsage().maxRSS / 1024,
  } satisfies Done);

if (process.argv[2] === "fetch") {
  report(await fetchAlone(Number(process.argv[3])));
  await client.close();
  process.disconnect();
} else {
  const wakatime = { client, keys: parseTokenKeys(WAKATIME_TOKEN_KEYS) };
  const runner = await startEmbeddedRunner({
    databaseUrl: DATABASE_URL,
    io: { wakatime: () => wakatime, now: () => new Date(now) },
  });
  process.send?.("ready");
  process.on("message", async () => {
    report({ ms: 0, days: 0 });
    await runner.stop();
    await client.close();
    process.disconnect();
  });
}
