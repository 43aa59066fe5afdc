import { createDb } from "@/db/client";
import { requireEnv } from "@/lib/env";
import { rotateSlackSecret } from "@/lib/notify/slack-rotation";
import { rotateTokens } from "@/lib/wakatime/connection-rotation";
import { parseTokenKeys, TokenCryptoError } from "@/lib/wakatime/token-crypto";
import { loadEnvironment, withDatabase } from "./environment";
import { Fault, runCommand } from "./home/fault";

/** Encrypts every WakaTime link, and what connects Slack, under the newest key of WAKATIME_TOKEN_KEYS; ends with 1 when some cannot be read. */
await runCommand(async () => {
  loadEnvironment();
  const keys = readKeys();
  await withDatabase(async (url) => {
    const { db, close } = createDb(url, { max: 2, name: "cohort-tokens-rotate" });
    try {
      const { rotated, current, overtaken, unreadable } = await rotateTokens(db, keys);
      console.log(`Newest key "${keys[0]?.id}": ${rotated} rotated, ${current} already current.`);
      if (overtaken > 0) console.log(`${overtaken} were renewed at the same time: run the command once more.`);
      for (const [keyId, count] of Object.entries(unreadable)) {
        console.error(`${count} under key "${keyId}" cannot be read: add that key to the end of WAKATIME_TOKEN_KEYS.`);
      }
      const slack = await rotateSlackSecret(db, keys);
      if (slack === "rotated") console.log("Slack: rotated.");
      if (slack === "unreadable") {
        console.error("Slack: none of the keys reads what is stored. Add its key, or connect Slack again.");
      }
      if (overtaken > 0 || Object.keys(unreadable).length > 0 || slack === "unreadable") process.exitCode = 1;
    } finally {
      await close();
    }
  });
});

function readKeys() {
  try {
    return parseTokenKeys(requireEnv("WAKATIME_TOKEN_KEYS"));
  } catch (error) {
    if (error instanceof TokenCryptoError) throw new Fault(error.message);
    throw error;
  }
}
