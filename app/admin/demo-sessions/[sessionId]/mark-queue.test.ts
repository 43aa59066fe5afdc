import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Answer, applyChange, type Mark, MarkQueue, overlay } from "./mark-queue";

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
    before.dispose();
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
