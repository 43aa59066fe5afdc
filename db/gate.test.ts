import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { isPooler } from "./client";
import { createGate } from "./gate";
import { createPresence, faultOfConnection } from "./presence";

describe("the gate before a pool", () => {
  it("knows how many are in use and waiting, how long they waited, and what share was used", async () => {
    let time = 0;
    const gate = createGate(2, { now: () => time });
    await gate.enter();
    time = 1_000;
    await gate.enter();
    const third = gate.enter();
    expect(gate.state()).toMatchObject({ size: 2, inUse: 2, waiting: 1, refused: 0 });
    time = 1_400;
    gate.leave();
    await third;
    expect(gate.state().waits).toMatchObject({ count: 3, sumMs: 400, maxMs: 400 });
    time = 2_000;
    gate.leave();
    gate.leave();
    time = 4_000;
    // One for a second and two for another, of two for four seconds.
    expect(gate.state()).toMatchObject({ inUse: 0, waiting: 0, utilization: 3 / 8 });
    time = 64_000;
    expect(gate.state().utilization).toBe(0);
  });
});

describe("why a statement failed", () => {
  const failed = (code: string) => new Error("Failed query", { cause: Object.assign(new Error(code), { code }) });

  it("is told from the driver's and the server's codes, however the error is wrapped", () => {
    for (const code of ["ECONNREFUSED", "CONNECTION_CLOSED", "57P01", "57P03", "08006"]) {
      expect(faultOfConnection(failed(code))).toBe("lost");
    }
    expect(faultOfConnection(failed("53300"))).toBe("full");
    for (const code of ["23505", "57014", "CONNECTION_ENDED"]) expect(faultOfConnection(failed(code))).toBeUndefined();
  });
});

describe("whether the database is there", () => {
  it("is proved by whatever Postgres answers, even that it has no connection left", async () => {
    let code = "57P03";
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => {
        const fields = Buffer.from(`SFATAL\0C${code}\0Mno\0\0`);
        const head = Buffer.from("E\0\0\0\0");
        head.writeInt32BE(fields.length + 4, 1);
        socket.end(Buffer.concat([head, fields]));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const presence = createPresence(`postgres://a:b@127.0.0.1:${port}/c`);
    try {
      presence.look();
      await expect.poll(() => presence.away, { timeout: 5_000 }).toBe(true);
      code = "53300";
      await expect.poll(() => presence.away, { timeout: 5_000 }).toBe(false);
    } finally {
      presence.stop();
      server.close();
    }
  });
});

describe("a transaction pooler", () => {
  it("is known by its address, or by what the address says", () => {
    const poolers = ["db.test:6432/a", "db.test:6543/a", "x-pooler.db.test/a", "db.test/a?prepare=false"];
    for (const address of poolers) expect(isPooler(`postgres://u:p@${address}`)).toBe(true);
    for (const address of ["db.test/a", "db.test:5432/a?prepare=true"])
      expect(isPooler(`postgres://u:p@${address}`)).toBe(false);
  });
});
