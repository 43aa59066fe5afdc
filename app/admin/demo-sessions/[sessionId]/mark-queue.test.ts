import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type Answer,
  applyChange,
  type Change,
  type Mark,
  MarkQueue,
  newest,
  overlay,
  type Settled,
} from "./mark-queue";

const KEY = "cohort-marks:1:7";
const row = { id: 5, status: "scheduled", rating: null, notes: null, version: 1 };

function newStore() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

/** A server that can be cut off, and says what it got. */
function newServer() {
  const got: Mark[] = [];
  const server = {
    got,
    online: true,
    /** It takes the mark and its answer is lost. */
    deaf: false,
    refuse: new Set<number>(),
    send: async (mark: Mark): Promise<Answer> => {
      await Promise.resolve();
      if (!server.online) return { kind: "trouble", trouble: "offline" };
      got.push(mark);
      if (server.deaf) return { kind: "trouble", trouble: "offline" };
      if (server.refuse.has(mark.signupId)) return { kind: "refused", message: "There is no such sign-up any more." };
      const { status, rating, notes } = applyChange(row, mark);
      return { kind: "settled", row: { status: status as "presented", rating, notes, version: 1 + got.length } };
    },
  };
  return server;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const rest = () => vi.advanceTimersByTimeAsync(60_000);

describe("what a mark does", () => {
  it("reads a rating as presented, and takes it away with that", () => {
    const rated = applyChange(row, { rating: 4 });
    expect(rated).toMatchObject({ status: "presented", rating: 4 });
    expect(applyChange(rated, { notes: "clear" })).toMatchObject({ status: "presented", rating: 4, notes: "clear" });
    expect(applyChange(rated, { status: "no_show" })).toMatchObject({ status: "no_show", rating: null });
    expect(applyChange(rated, { rating: null })).toMatchObject({ status: "presented", rating: null });
  });
});

describe("marks on their way", () => {
  it("are sent in their order, and the server's answer is what is shown", async () => {
    const [store, server] = [newStore(), newServer()];
    const queue = new MarkQueue({ key: KEY, store, send: server.send });
    queue.add(5, { status: "presented" });
    queue.add(6, { status: "no_show" });
    queue.add(5, { rating: 5 });
    expect(overlay(row, queue.getState())).toMatchObject({ status: "presented", rating: 5 });
    await rest();
    expect(server.got.map(({ signupId }) => signupId)).toEqual([5, 6, 5]);
    expect(queue.getState().waiting).toEqual([]);
    expect(store.items.size).toBe(0);
    expect(overlay(row, queue.getState())).toMatchObject({ rating: 5, version: 4 });
  });

  it("wait while the network is away, and go when it is back", async () => {
    const [store, server] = [newStore(), newServer()];
    server.online = false;
    const queue = new MarkQueue({ key: KEY, store, send: server.send });
    queue.add(5, { status: "presented" });
    queue.add(6, { status: "no_show" });
    await rest();
    expect(server.got).toEqual([]);
    expect(queue.getState()).toMatchObject({ trouble: "offline", waiting: [{ signupId: 5 }, { signupId: 6 }] });
    server.online = true;
    await rest();
    expect(server.got.map(({ signupId }) => signupId)).toEqual([5, 6]);
    expect(queue.getState()).toMatchObject({ trouble: null, waiting: [] });
  });

  it("outlive the page: the next one sends them first", async () => {
    const [store, server] = [newStore(), newServer()];
    server.online = false;
    const before = new MarkQueue({ key: KEY, store, send: server.send });
    before.add(5, { status: "presented" });
    await vi.advanceTimersByTimeAsync(10);
    before.leave();
    await vi.advanceTimersByTimeAsync(10);
    server.online = true;
    const after = new MarkQueue({ key: KEY, store, send: server.send });
    expect(overlay(row, after.getState()).status).toBe("presented");
    after.add(6, { status: "presented" });
    await rest();
    expect(server.got.map(({ signupId }) => signupId)).toEqual([5, 6]);
  });

  it("are sent again when the answer was lost, and once more only until it comes", async () => {
    const [store, server] = [newStore(), newServer()];
    server.deaf = true;
    const queue = new MarkQueue({ key: KEY, store, send: server.send });
    queue.add(5, { status: "presented" });
    await vi.advanceTimersByTimeAsync(10);
    server.deaf = false;
    await rest();
    expect(server.got.map(({ id }) => id)).toEqual([server.got[0]?.id, server.got[0]?.id]);
    expect(queue.getState().waiting).toEqual([]);
  });

  it("that are refused are given up with the reason, and hold up nobody", async () => {
    const [store, server] = [newStore(), newServer()];
    server.refuse.add(5);
    const queue = new MarkQueue({ key: KEY, store, send: server.send });
    queue.add(5, { status: "presented" });
    queue.add(6, { status: "presented" });
    await rest();
    expect(queue.getState()).toMatchObject({
      waiting: [],
      refusal: { signupId: 5, message: "There is no such sign-up any more." },
    });
    expect(overlay(row, queue.getState()).status).toBe("scheduled");
    expect(server.got.map(({ signupId }) => signupId)).toEqual([5, 6]);
  });

  it("of a text that is typed on go once; other marks are never put together", async () => {
    const [store, server] = [newStore(), newServer()];
    const queue = new MarkQueue({ key: KEY, store, send: server.send });
    for (const notes of ["c", "cl", "clear"]) queue.add(5, { notes }, 800);
    await rest();
    expect(server.got.map(({ notes }) => notes)).toEqual(["clear"]);
    queue.add(5, { rating: 4 }, 800);
    queue.add(5, { status: "scheduled" }, 800);
    await rest();
    expect(server.got).toHaveLength(3);
  });

  it("go when the page goes, without waiting for the end of a text; what cannot go is not tried again from there", async () => {
    const [store, server] = [newStore(), newServer()];
    const queue = new MarkQueue({ key: KEY, store, send: server.send });
    queue.add(5, { notes: "clear" }, 800);
    queue.leave();
    await vi.advanceTimersByTimeAsync(1);
    expect(server.got.map(({ notes }) => notes)).toEqual(["clear"]);
    expect(store.items.size).toBe(0);
    server.online = false;
    queue.add(5, { rating: 4 });
    queue.leave();
    await rest();
    expect(vi.getTimerCount()).toBe(0);
    server.online = true;
    await rest();
    expect(server.got).toHaveLength(1);
    // The same page again, as by the back button.
    queue.flush();
    await rest();
    expect(server.got).toHaveLength(2);
  });

  it("of a text that another window sends meanwhile are not struck out with the newer text", async () => {
    const [store, server] = [newStore(), newServer()];
    const held: (() => void)[] = [];
    const slow = async (mark: Mark) => {
      await new Promise<void>((resolve) => held.push(resolve));
      return server.send(mark);
    };
    const one = new MarkQueue({ key: KEY, store, send: slow });
    const two = new MarkQueue({ key: KEY, store, send: server.send });
    one.add(5, { notes: "cl" }, 800);
    const [first] = one.getState().waiting;
    two.add(5, { notes: "cle" }, 60_000);
    expect(two.getState().waiting.map(({ id }) => id === first?.id)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(800);
    // It is on its way by now: the text goes on behind it.
    two.add(5, { notes: "clear" }, 60_000);
    expect(two.getState().waiting.map(({ notes }) => notes)).toEqual(["cle", "clear"]);
    for (let round = 0; round < 2; round++) {
      held.shift()?.();
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(server.got.map(({ notes }) => notes)).toEqual(["cle", "clear"]);
    expect(store.items.size).toBe(0);
  });

  it("stay for as long as the page where the browser keeps nothing, which is said", async () => {
    const server = newServer();
    server.online = false;
    const queue = new MarkQueue({ key: KEY, store: null, send: server.send });
    queue.add(5, { status: "presented" });
    await vi.advanceTimersByTimeAsync(10);
    expect(queue.getState()).toMatchObject({ kept: false, waiting: [{ signupId: 5 }] });
    server.online = true;
    await rest();
    expect(server.got).toHaveLength(1);
  });

  it("survive a store that holds something else", () => {
    const store = newStore();
    for (const text of ["{", "7", '[{"id":3},null]']) {
      store.setItem(KEY, text);
      expect(new MarkQueue({ key: KEY, store, send: newServer().send }).getState().waiting).toEqual([]);
    }
  });
});

/** A server with one sign-up and its version, by the rule of `markSignup`. */
function newRow() {
  const server = {
    row: { ...row } as Settled & { id: number },
    online: true,
    deaf: false,
    mark(change: Change) {
      const { status, rating, notes } = applyChange(server.row, change);
      server.row = { ...server.row, status, rating, notes, version: server.row.version + 1 };
    },
    send: async (mark: Mark): Promise<Answer> => {
      await Promise.resolve();
      if (!server.online) return { kind: "trouble", trouble: "offline" };
      const { id: _, ...now } = server.row;
      const after = applyChange(now, mark);
      const isSame = after.status === now.status && after.rating === now.rating && after.notes === now.notes;
      if (!isSame && mark.base && now.version > mark.base.version) {
        return { kind: "refused", message: "This sign-up was marked meanwhile.", row: now };
      }
      if (!isSame) server.mark(mark);
      if (server.deaf) return { kind: "trouble", trouble: "offline" };
      const { id: __, ...settled } = server.row;
      return { kind: "settled", row: settled };
    },
  };
  return server;
}

describe("marks of a sign-up that others mark too", () => {
  const open = (server: ReturnType<typeof newRow>, store = newStore()) => {
    const queue = new MarkQueue({ key: KEY, store, send: server.send });
    const seen = { ...server.row };
    const mark = (change: Change, delayMs = 0) => queue.add(5, change, delayMs, newest(seen, queue.getState()));
    return { queue, mark, shown: () => overlay(seen, queue.getState()) };
  };

  it("are given up when they come late, with what it is now", async () => {
    const server = newRow();
    const phone = open(server);
    server.online = false;
    phone.mark({ status: "no_show" });
    phone.mark({ notes: "Did not come." });
    server.mark({ status: "presented" });
    server.mark({ rating: 5 });
    expect(phone.shown()).toMatchObject({ status: "no_show" });
    server.online = true;
    await rest();
    expect(server.row).toMatchObject({ status: "presented", rating: 5, notes: null, version: 3 });
    expect(phone.shown()).toMatchObject({ status: "presented", rating: 5, notes: null, version: 3 });
    expect(phone.queue.getState()).toMatchObject({
      waiting: [],
      refusal: { signupId: 5, message: "This sign-up was marked meanwhile.", notes: "Did not come." },
    });
    // Who has seen that marks as they like.
    phone.mark({ rating: 4 });
    await rest();
    expect(server.row).toMatchObject({ rating: 4, version: 4 });
    expect(phone.queue.getState().refusal).toBeNull();
  });

  it("follow one another: each is made on the answer to the one before, also when that came late", async () => {
    const server = newRow();
    const phone = open(server);
    server.deaf = true;
    phone.mark({ status: "presented" });
    phone.mark({ rating: 3 });
    await vi.advanceTimersByTimeAsync(10);
    expect(server.row.version).toBe(2);
    phone.mark({ notes: "Cl" }, 800);
    phone.mark({ notes: "Clear " }, 800);
    server.deaf = false;
    await rest();
    phone.mark({ rating: 5 });
    await rest();
    expect(server.row).toMatchObject({ status: "presented", rating: 5, notes: "Clear ", version: 5 });
    expect(phone.queue.getState()).toMatchObject({ waiting: [], refusal: null });
  });

  it("a text whose answer was lost goes on in a mark of its own", async () => {
    const server = newRow();
    const phone = open(server);
    server.deaf = true;
    phone.mark({ notes: "Cl" });
    await vi.advanceTimersByTimeAsync(10);
    phone.mark({ notes: "Clear" }, 800);
    server.deaf = false;
    await rest();
    expect(server.row).toMatchObject({ notes: "Clear", version: 3 });
    expect(phone.queue.getState().refusal).toBeNull();
  });

  it("do not take another's mark for their own, where one of them says the same", async () => {
    const server = newRow();
    const phone = open(server);
    server.online = false;
    phone.mark({ status: "presented" });
    phone.mark({ rating: 1 });
    server.mark({ rating: 5 });
    server.online = true;
    await rest();
    expect(server.row).toMatchObject({ rating: 5, version: 2 });
    expect(phone.queue.getState()).toMatchObject({ waiting: [], refusal: { signupId: 5 } });
    expect(phone.shown()).toMatchObject({ status: "presented", rating: 5 });
  });

  it("keep what they were made on through a reload", async () => {
    const [server, store] = [newRow(), newStore()];
    server.online = false;
    open(server, store).mark({ status: "no_show" });
    server.mark({ rating: 5 });
    server.online = true;
    const { queue } = open(server, store);
    queue.flush();
    await rest();
    expect(server.row).toMatchObject({ status: "presented", rating: 5, version: 2 });
    expect(queue.getState().refusal).toMatchObject({ signupId: 5 });
  });
});
