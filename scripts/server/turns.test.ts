import { describe, expect, it } from "vitest";
import { type Lane, TURN_MS, Turns } from "./turns";

type Named = Lane & { name: string };
const lane = (name: string): Named => ({ name, turns: 0, inProgress: 0 });

function setUp(limits = { turns: 2, open: 4, waiting: 3, waitMs: 5_000 }) {
  let time = 0;
  const turns = new Turns<Named>(limits, () => time);
  const [a, b] = [lane("a"), lane("b")];
  turns.lanes.add(a).add(b);
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string) =>
    turns.ask({
      start: (where) => {
        log.push(`${name} in ${where.name}`);
        ends.set(name, turns.take(where));
      },
      refuse: () => log.push(`${name} refused`),
    });
  const pass = (ms: number) => {
    time += ms;
    turns.sweep();
  };
  return { turns, a, b, log, ask, pass, end: (name: string) => ends.get(name)?.() };
}

describe("who is answered next", () => {
  it("goes to the process with the fewest in progress, then in order of arrival; too many are refused", () => {
    const { log, ask, end, turns } = setUp();
    for (const name of ["1", "2", "3", "4", "5", "6", "7", "8"]) ask(name);
    expect(log).toEqual(["1 in a", "2 in b", "3 in a", "4 in b", "8 refused"]);
    end("2");
    end("2");
    end("1");
    expect(log.slice(5)).toEqual(["5 in b", "6 in a"]);
    expect([turns.waiting, turns.inProgress, turns.refused]).toEqual([1, 4, 1]);
  });

  it("forgets whoever goes away while waiting", () => {
    const { log, ask, end } = setUp();
    for (const name of ["1", "2", "3", "4"]) ask(name);
    const leave = ask("5");
    ask("6");
    leave();
    end("1");
    expect(log.at(-1)).toBe("6 in a");
  });

  it("gives the turn of a long request to the next, but never opens more than a process can hold", () => {
    const { log, ask, pass, turns, end } = setUp();
    for (const name of ["1", "2", "3", "4", "5", "6", "7"]) ask(name);
    pass(TURN_MS - 1);
    expect(turns.waiting).toBe(3);
    pass(1);
    expect(log.slice(4)).toEqual(["5 in a", "6 in b", "7 in a"]);
    pass(TURN_MS);
    for (const name of ["8", "9"]) ask(name);
    expect(log.slice(7)).toEqual(["8 in b"]);
    end("1");
    expect(log.at(-1)).toBe("9 in a");
  });

  it("keeps the place of who has to ask again, and lets a few who watch over the server pass", () => {
    const { turns, log, ask, pass, end } = setUp();
    for (const name of ["1", "2", "3", "4"]) ask(name);
    pass(900);
    for (const name of ["5", "6", "7"]) ask(name);
    const first = (name: string, more: { since?: number; passes?: boolean }) =>
      turns.ask({ start: () => log.push(`${name} first`), refuse: () => log.push(`${name} refused`), ...more });
    first("again", { since: 0 });
    end("1");
    expect(log.slice(4)).toEqual(["again first", "5 in a"]);
    for (const name of ["a", "b", "c", "d", "e"]) first(name, { passes: true });
    expect(log.at(-1)).toBe("e refused");
    expect(turns.waiting).toBe(6);
  });

  it("refuses whoever waited too long, and serves the others when a process comes back", () => {
    const { turns, a, b, log, ask, pass } = setUp();
    turns.lanes.delete(a);
    turns.lanes.delete(b);
    ask("1");
    pass(5_000);
    ask("2");
    pass(1);
    expect(log).toEqual(["1 refused"]);
    turns.lanes.add(lane("c"));
    turns.next();
    expect(log).toEqual(["1 refused", "2 in c"]);
  });
});
