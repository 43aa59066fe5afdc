/** How a presentation went: the states that staff choose among on the day. */
export type MarkStatus = "scheduled" | "presented" | "no_show";

export type Change = { status?: MarkStatus; rating?: number | null; notes?: string | null };
export type Mark = Change & { id: string; signupId: number };

/** What the server made of a mark. */
export type Settled = { status: MarkStatus; rating: number | null; notes: string | null; version: number };

/** `trouble` is worth another try; what is refused never gets through. */
export type Answer =
  | { kind: "settled"; row: Settled }
  | { kind: "refused"; message: string }
  | { kind: "trouble"; trouble: Trouble };
export type Trouble = "offline" | "busy" | "signed-out";

export type QueueState = {
  waiting: readonly Mark[];
  settled: ReadonlyMap<number, Settled>;
  /** The last refusal, until the next mark of the same sign-up. */
  refusal: { signupId: number; message: string } | null;
  trouble: Trouble | null;
  /** Whether the browser lets us keep what waits. Else it lasts as long as the page. */
  kept: boolean;
};

type Marked = { status: string; rating: number | null; notes: string | null };

/** What a mark makes of a sign-up, by the server's own rule: a rating says that it was presented, and goes with that. */
export function applyChange<Row extends Marked>(row: Row, change: Change): Row {
  const status = change.status ?? (change.rating ? "presented" : row.status);
  const rating = status !== "presented" ? null : change.rating === undefined ? row.rating : change.rating;
  return { ...row, status, rating, notes: change.notes === undefined ? row.notes : change.notes };
}

/** A row as it stands for the person who marks: the newest that the server said, and over it what is still to be sent. */
export function overlay<Row extends Marked & { id: number; version: number }>(row: Row, state: QueueState): Row {
  const settled = state.settled.get(row.id);
  const newest = settled && settled.version >= row.version ? { ...row, ...settled } : row;
  return state.waiting.filter(({ signupId }) => signupId === row.id).reduce<Row>(applyChange, newest);
}

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;
type Parts = {
  /** Names the person and the session: nobody sends what somebody else marked on the same device. */
  key: string;
  store: Store | null;
  send: (mark: Mark) => Promise<Answer>;
  /** One sender at a time among all windows of this browser, so that marks arrive in their order. */
  alone?: (name: string, work: () => Promise<void>) => Promise<void>;
  newId?: () => string;
};

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 20_000;

/**
 * Marks on their way to the server: each is written down in the browser before anything is sent, and struck out once
 * the server has answered. So a lost network, a closed page or an empty battery costs time and no mark.
 */
export class MarkQueue {
  private state: QueueState = { waiting: [], settled: new Map(), refusal: null, trouble: null, kept: true };
  private memory: Mark[] = [];
  private sending: string | null = null;
  private running = false;
  private tries = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private listeners = new Set<() => void>();

  constructor(private parts: Parts) {
    this.publish({ waiting: this.read() });
  }

  getState = (): QueueState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes a mark down, and sends it after `delayMs`: a text that is being typed goes once, not letter by letter. */
  add(signupId: number, change: Change, delayMs = 0): void {
    const waiting = this.read();
    const last = waiting.at(-1);
    const goesOn = last && last.id !== this.sending && last.signupId === signupId && isText(last) && isText(change);
    if (goesOn) this.write([...waiting.slice(0, -1), { ...last, ...change }]);
    else this.write([...waiting, { id: this.parts.newId?.() ?? newId(), signupId, ...change }]);
    this.publish({ waiting: this.read(), ...(this.state.refusal?.signupId === signupId && { refusal: null }) });
    this.schedule(delayMs);
  }

  /** Tries at once: the network is back, or somebody does not want to wait. */
  flush(): void {
    this.tries = 0;
    this.schedule(0);
  }

  /** What another window of this browser wrote down. */
  reload(): void {
    this.publish({ waiting: this.read() });
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    if (delayMs === 0) void this.run();
    else this.timer = setTimeout(() => void this.run(), delayMs);
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await (this.parts.alone ?? withoutLock)(this.parts.key, () => this.sendAll());
    } finally {
      this.running = false;
      this.sending = null;
    }
    // What was added between the last look and the lock being given back.
    if (this.state.waiting.length > 0 && this.state.trouble === null) this.schedule(0);
  }

  private async sendAll(): Promise<void> {
    for (let mark = this.read()[0]; mark; mark = this.read()[0]) {
      this.sending = mark.id;
      const answer = await this.parts.send(mark);
      if (answer.kind === "trouble") {
        this.sending = null;
        this.publish({ trouble: answer.trouble });
        this.schedule(Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.tries++));
        return;
      }
      this.tries = 0;
      this.settle(mark, answer);
    }
    this.publish({ waiting: [], trouble: null });
  }

  private settle(mark: Mark, answer: Exclude<Answer, { kind: "trouble" }>): void {
    this.write(this.read().filter(({ id }) => id !== mark.id));
    const settled = new Map(this.state.settled);
    if (answer.kind === "settled") settled.set(mark.signupId, answer.row);
    this.publish({
      waiting: this.read(),
      settled,
      trouble: null,
      ...(answer.kind === "refused" && { refusal: { signupId: mark.signupId, message: answer.message } }),
    });
  }

  private publish(change: Partial<QueueState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  private read(): Mark[] {
    if (!this.state.kept) return this.memory;
    try {
      const parsed: unknown = JSON.parse(this.parts.store?.getItem(this.parts.key) ?? "[]");
      return Array.isArray(parsed) ? parsed.filter(isMark) : [];
    } catch {
      return this.memory;
    }
  }

  private write(marks: Mark[]): void {
    this.memory = marks;
    try {
      if (!this.parts.store) throw new Error("this browser stores nothing");
      if (marks.length > 0) this.parts.store.setItem(this.parts.key, JSON.stringify(marks));
      else this.parts.store.removeItem(this.parts.key);
    } catch {
      this.publish({ kept: false });
    }
  }
}

const withoutLock = (_name: string, work: () => Promise<void>) => work();

const newId = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

/** Nothing but what was written: typed on, it is one text. */
const isText = ({ status, rating }: Change) => status === undefined && rating === undefined;

function isMark(value: unknown): value is Mark {
  if (typeof value !== "object" || value === null) return false;
  const { id, signupId } = value as Partial<Mark>;
  return typeof id === "string" && typeof signupId === "number";
}
