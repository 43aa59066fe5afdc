import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "@/scripts/home/processes";
import { type RedisLevel, redisLevel } from "./redis";
import { createSharedCache } from "./shared-cache";

const NOW = new Date("2026-06-10T12:00:00Z");
const isInstalled = (() => {
  try {
    execFileSync("redis-server", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe("a Redis that nobody runs", () => {
  it("is as if none were named", async () => {
    const level = redisLevel(`redis://127.0.0.1:${await freePort()}`, "academy");
    level.put("a", "1");
    expect(await level.get("a")).toBeNull();
    level.close();
  });
});

describe.runIf(isInstalled)("a real Redis", () => {
  let server: ChildProcess;
  let url: string;
  const levels: RedisLevel[] = [];
  /** One process's way to it. */
  async function process(identity = "academy") {
    const level = redisLevel(url, identity, 100);
    levels.push(level);
    await expect.poll(level.isReady, { interval: 5 }).toBe(true);
    const fresh = () => createSharedCache({ maxEntries: 10, maxBytes: 1000, second: level });
    return { level, cache: fresh(), fresh };
  }

  beforeAll(async () => {
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    server = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", "/tmp"], {
      stdio: "ignore",
    });
  });
  afterAll(async () => {
    for (const level of levels) level.close();
    server.kill("SIGKILL");
    if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
  });

  it("spares another process the load, but not another academy's, and not after a change", async () => {
    const [one, other, foreign] = [await process(), await process(), await process("another academy")];
    const question = { name: "people", key: "all", tags: ["people"] as const };
    const read = ({ cache }: typeof one, version: string, value: string) =>
      cache.read(question, { people: version }, NOW, async () => value);
    expect(await read(one, "1", "loaded")).toBe("loaded");
    // Written without anybody waiting for it: a cache that is asked for the first time finds it in a moment.
    const asksFirst = () => read({ ...other, cache: other.fresh() }, "1", "loaded again");
    await expect.poll(asksFirst, { interval: 5 }).toBe("loaded");
    expect(await read(foreign, "1", "their own")).toBe("their own");
    expect(await read(other, "2", "changed")).toBe("changed");
  });

  it("is not blamed for the time in which this process was busy itself", async () => {
    const { level } = await process();
    level.put("busy", "1");
    await expect.poll(() => level.get("busy")).toBe("1");
    const answers: (string | null)[] = [];
    for (let tries = 0; tries < 3; tries++) {
      const asked = level.get("busy");
      // Sent, and answered while a page is being rendered.
      await new Promise(setImmediate);
      const until = performance.now() + 80;
      while (performance.now() < until);
      answers.push(await asked);
    }
    expect(answers).toEqual(["1", "1", "1"]);
    expect(level.isReady()).toBe(true);
  });

  it("is not waited for when it hangs, left alone after that, and used again when it answers", async () => {
    const { level } = await process();
    level.put("a", "1");
    await expect.poll(() => level.get("a")).toBe("1");
    server.kill("SIGSTOP");
    try {
      const startedAt = performance.now();
      for (let tries = 0; tries < 3; tries++) expect(await level.get("a")).toBeNull();
      expect(level.isReady()).toBe(false);
      const asked = performance.now();
      for (let tries = 0; tries < 1000; tries++) expect(await level.get("a")).toBeNull();
      // Three times its patience; then hardly anybody asks, whoever comes.
      expect(asked - startedAt).toBeGreaterThan(140);
      expect(performance.now() - asked).toBeLessThan(140);
    } finally {
      server.kill("SIGCONT");
    }
    await expect.poll(() => level.get("a"), { interval: 20 }).toBe("1");
    expect(level.isReady()).toBe(true);
  });
});
