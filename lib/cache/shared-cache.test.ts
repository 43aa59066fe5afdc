import { describe, expect, it } from "vitest";
import { DatabaseAwayError, PoolBusyError } from "@/lib/errors";
import { type RequestContext, runWithRequest } from "@/lib/observability/request-context";
import { redisIdentity } from "./process-cache";
import { isKnown } from "./shared-body";
import { createSharedCache, type SecondLevel, type SharedQuestion } from "./shared-cache";
import { sharedRead } from "./shared-read";

const NOON = new Date("2026-06-10T12:00:00.000Z");
const people = (key: unknown = null): SharedQuestion => ({ name: "people", key, tags: ["people"] });
const at = (iso: string) => new Date(iso);

/** A load that counts how often it was asked, and answers when it is let. */
function held<T>(value: T) {
  let release: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const load = async () => {
    load.asked += 1;
    await gate;
    return value;
  };
  load.asked = 0;
  return { load, release };
}

describe("what one process keeps of shared answers", () => {
  it("loads once for all who ask at the same moment, and for who asks later", async () => {
    const cache = createSharedCache({ maxEntries: 10, maxBytes: 1000 });
    const { load, release } = held({ total: 3 });
    const asked = Array.from({ length: 20 }, () => cache.read(people(), { people: "7" }, NOON, load));
    release();
    expect(await Promise.all(asked)).toEqual(Array(20).fill({ total: 3 }));
    await cache.read(people(), { people: "7" }, NOON, load);
    expect(load.asked).toBe(1);
    expect(cache.state()).toMatchObject({ hits: 20, misses: 1, entries: 1 });
  });

  it("answers by the versions of its tags alone: another one loads anew, one that is not its own does not", async () => {
    const cache = createSharedCache({ maxEntries: 10, maxBytes: 1000 });
    let value = 1;
    const read = (versions: object, key?: unknown) => cache.read(people(key), versions, NOON, async () => value++);
    expect(await read({})).toBe(1);
    expect(await read({ demos: "5" })).toBe(1);
    expect(await read({ people: "5" })).toBe(2);
    expect(await read({ people: "5", syncs: "9" })).toBe(2);
    expect(await read({ people: "5" }, { page: 2 })).toBe(3);
    expect(await read({ people: "5" })).toBe(2);
  });

  it("does not let a load that began under older versions stand for newer ones", async () => {
    const cache = createSharedCache({ maxEntries: 10, maxBytes: 1000 });
    const before = held("before");
    const old = cache.read(people(), { people: "1" }, NOON, before.load);
    const fresh = cache.read(people(), { people: "2" }, NOON, async () => "after");
    before.release();
    expect([await old, await fresh]).toEqual(["before", "after"]);
    expect(await cache.read(people(), { people: "2" }, NOON, async () => "again")).toBe("after");
  });

  it("keeps nothing over the end of a half-minute, and so nothing over a midnight in any zone", async () => {
    const cache = createSharedCache({ maxEntries: 10, maxBytes: 1000 });
    const today = (iso: string, zone: string) =>
      cache.read({ ...people(), key: zone }, {}, at(iso), async () =>
        at(iso).toLocaleDateString("sv", { timeZone: zone }),
      );
    for (const [before, midnight, zone] of [
      ["2026-06-10T18:14:59.999Z", "2026-06-10T18:15:00.000Z", "Asia/Kathmandu"],
      ["2026-06-10T23:59:59.999Z", "2026-06-11T00:00:00.000Z", "UTC"],
      ["2026-06-10T11:14:59.999Z", "2026-06-10T11:15:00.000Z", "Pacific/Chatham"],
    ] as const) {
      const [first, second] = [await today(before, zone), await today(midnight, zone)];
      expect(Date.parse(second) - Date.parse(first), zone).toBe(86_400_000);
    }
    await today("2026-06-11T00:00:29.999Z", "UTC");
    expect(cache.state().entries).toBe(1);
  });

  it("forgets the longest unused beyond its number, and beyond its bytes, and keeps no giant", async () => {
    const loads: string[] = [];
    const reader = (limits: { maxEntries: number; maxBytes: number }) => {
      const cache = createSharedCache(limits);
      const read = (key: string, size = 1) =>
        cache.read(people(key), {}, NOON, async () => {
          loads.push(key);
          return "x".repeat(size);
        });
      return { cache, read };
    };
    const few = reader({ maxEntries: 2, maxBytes: 1000 });
    for (const key of ["a", "b", "a", "c", "a", "b"]) await few.read(key);
    expect(loads.splice(0)).toEqual(["a", "b", "c", "b"]);
    expect(few.cache.state().entries).toBe(2);

    const small = reader({ maxEntries: 100, maxBytes: 400 });
    for (const key of ["a", "b", "c", "d", "a", "e", "a", "b"]) await small.read(key, 98);
    expect(loads.splice(0)).toEqual(["a", "b", "c", "d", "e", "b"]);
    expect(small.cache.state()).toMatchObject({ entries: 4, bytes: 400 });
    await small.read("giant", 99);
    await small.read("giant", 99);
    expect(loads.splice(0)).toEqual(["giant", "giant"]);
    expect(small.cache.state()).toMatchObject({ entries: 4, bytes: 400 });
  });

  it("keeps no failure: all who waited are told, the next one asks again", async () => {
    const cache = createSharedCache({ maxEntries: 10, maxBytes: 1000 });
    const fail = () => cache.read(people(), {}, NOON, () => Promise.reject(new Error("down")));
    const told = await Promise.allSettled([fail(), fail()]);
    expect(told.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await cache.read(people(), {}, NOON, async () => "up")).toBe("up");
  });

  it("notes on the request of everybody who waited why there was no answer", async () => {
    const viewer = { id: 1, role: "admin", dataVersions: {} } as const;
    for (const [fault, unanswered] of [
      [new Error("wrapped", { cause: new PoolBusyError("none free") }), "busy"],
      [new DatabaseAwayError(), "away"],
      [new Error("of another kind"), undefined],
    ] as const) {
      const cache = createSharedCache({ maxEntries: 10, maxBytes: 1000 });
      const requests = ["first", "second"].map((id): RequestContext => ({ id, startedAt: 0, statements: 0, sqlMs: 0 }));
      const answers = requests.map((request) =>
        runWithRequest(request, () => sharedRead({ viewer, now: NOON, cache }, people(), () => Promise.reject(fault))),
      );
      for (const answer of await Promise.allSettled(answers)) expect(answer).toMatchObject({ reason: fault });
      expect(requests.map((request) => request.unanswered)).toEqual([unanswered, unanswered]);
    }
  });

  it("gives nobody something that they could change for the others", async () => {
    const cache = createSharedCache({ maxEntries: 10, maxBytes: 1000 });
    const rows = await cache.read(people(), {}, NOON, async () => [{ name: "Ada" }]);
    expect(() => rows.pop()).toThrow();
    expect(() => Object.assign(rows[0] ?? {}, { name: "Eve" })).toThrow();
  });
});

describe("a second level that processes share", () => {
  const store = () => {
    const kept = new Map<string, string>();
    const level: SecondLevel = { get: async (key) => kept.get(key) ?? null, put: (key, text) => kept.set(key, text) };
    return { kept, open: () => createSharedCache({ maxEntries: 10, maxBytes: 1000, second: level }) };
  };

  it("is asked before the database, by names that say nothing, and never given what is to stay in memory", async () => {
    const { kept, open } = store();
    const [one, other] = [open(), open()];
    expect(await one.read(people("ada"), {}, NOON, async () => ["Ada"])).toEqual(["Ada"]);
    expect(await other.read(people("ada"), {}, NOON, async () => ["loaded again"])).toEqual(["Ada"]);
    expect(await other.read(people("ada"), { people: "2" }, NOON, async () => ["newer"])).toEqual(["newer"]);
    const later = at("2026-06-10T12:00:30.000Z");
    expect(await one.read(people("ada"), {}, later, async () => ["later"])).toEqual(["later"]);
    const inMemory = { ...people("key"), memoryOnly: true };
    expect(await one.read(inMemory, {}, later, async () => "registration key")).toBe("registration key");
    expect([...kept.values()]).toEqual(['["Ada"]', '["newer"]', '["later"]']);
    expect([...kept.keys()].join()).not.toMatch(/ada|people/i);
  });
});

describe("what a second level should not have", () => {
  it("is taken as if it were not there, and written anew", async () => {
    const kept: string[] = [];
    const second: SecondLevel = { get: async () => kept.at(-1) ?? '{"half', put: (_, text) => kept.push(text) };
    const read = () =>
      createSharedCache({ maxEntries: 10, maxBytes: 1000, second }).read(people(), {}, NOON, async () => ["Ada"]);
    expect(await read()).toEqual(["Ada"]);
    expect(await read()).toEqual(["Ada"]);
    expect(kept).toEqual(['["Ada"]']);
  });

  it("is another database's, although secret and build are the same; a pooler's address is not another", () => {
    const of = (DATABASE_URL: string) => redisIdentity({ AUTH_SECRET: "secret", DATABASE_URL }, "build");
    const own = of("postgres://a:b@ep-1.example.com/cohort");
    expect(of("postgres://c@ep-1-pooler.example.com:5432/cohort?sslmode=require")).toBe(own);
    expect(of("postgres://a:b@ep-1.example.com/other")).not.toBe(own);
    expect(of("postgres://a:b@ep-2.example.com/cohort")).not.toBe(own);
  });
});

describe("If-None-Match", () => {
  it("names the tag among others, weakly or not; a star names any", () => {
    for (const known of ['W/"a"', '"a"', '"b", W/"a"', "*"]) expect(isKnown(known, 'W/"a"'), known).toBe(true);
    for (const other of [null, "", '"b"', "a", '"aa"']) expect(isKnown(other, 'W/"a"'), String(other)).toBe(false);
  });
});
