import { describe, expect, it } from "vitest";
import { createGate } from "./gate";
import { faultOfConnection } from "./presence";

describe("the gate before a pool", () => {
  it("knows how many are in use and waiting, how long they waited, and what share was used", async () => {
    let time = 0;
    const gate = createGate(2, () => time);
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
