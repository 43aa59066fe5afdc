import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { inspect } from "./inspector";

it("measures a process, and hears of its end instead of waiting for it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cohort-inspector-"));
  const log = join(folder, "log");
  const output = openSync(log, "w");
  const script = "process.send('ready'); setInterval(() => {}, 1000)";
  const child = spawn(process.execPath, ["--inspect-port=0", "-e", script], {
    stdio: ["ignore", output, output, "ipc"],
  });
  try {
    await once(child, "message");
    const inspected = await inspect(child.pid as number, log);
    await inspected.watch();
    expect((await inspected.measure()).usedMb).toBeGreaterThan(1);
    // Stopped, it answers nothing more: the question is open when it ends.
    child.kill("SIGSTOP");
    const asked = expect(inspected.measure()).rejects.toThrow(`Process ${child.pid} ended`);
    child.kill("SIGKILL");
    await asked;
    await expect(inspected.measure()).rejects.toThrow("ended");
  } finally {
    child.kill("SIGKILL");
    closeSync(output);
    rmSync(folder, { recursive: true, force: true });
  }
});
