/** How a presentation went: the states that staff choose among on the day. */
export type MarkStatus = "scheduled" | "presented" | "no_show";

export type Change = { status?: MarkStatus; rating?: number | null; notes?: string | null };
/** A sign-up as the server last told us of it. */
export type Base = { status: string; rating: number | null; notes: string | null; version: number };

export type Mark = Change & {
  /** Another one whenever the content changes: what was sent under this id is what is struck out. */
  id: string;
  signupId: number;
  /** What the mark was made on; the marks before it that the server has answered are counted in. */
  base?: Base;
  /** It went out once and may have arrived: from then on it stays as it is. */
  tried?: boolean;
};

/** What the server made of a mark. */
export type Settled = Base & { status: MarkStatus };

/** `trouble` is worth another try; what is refused never gets through. `row` is what somebody else made of it meanwhile. */
export type Answer =
  | { kind: "settled"; row: Settled }
  | { kind: "refused"; message: string; row?: Settled }
  | { kind: "trouble"; trouble: Trouble };
export type Trouble = "offline" | "busy" | "signed-out";

export type QueueState = {
  waiting: readonly Mark[];
  settled: ReadonlyMap<number, Settled>;
  /** The last refusal, until the next mark of the same sign-up, and the text that is not to be lost with it. */
  refusal: { signupId: number; message: string; notes: string | null } | null;
  trouble: Trouble | null;
  /** Whether the browser lets us keep what waits. Else it lasts as long as the page. */
  kept: boolean;
};

type Marked = Omit<Base, "version">;

/** What a mark makes of a sign-up, by the server's own rule: a rating says that it was presented, and goes with that. */
export function applyChange<Row extends Marked>(row: Row, change: Change): Row {
  const status = change.status ?? (change.rating ? "presented" : row.status);
  const rating = status !== "presented" ? null : change.rating === undefined ? row.rating : change.rating;
  return { ...row, status, rating, notes: change.notes === undefined ? row.notes : change.notes };
}

/** A row by the newest that the server said of it. */
export function newest<Row extends Base & { id: number }>(row: Row, { settled }: QueueState): Row {
  const answer = settled.get(row.id);
  return answer && answer.version >= row.version ? { ...row, ...answer } : row;
}

/** A row as it stands for the person who marks: the newest that the server said, and over it what is still to be sent. */
export const overlay = <Row extends Base & { id: number }>(row: Row, state: QueueState): Row =>
  state.waiting.filter(({ signupId }) => signupId === row.id).reduce<Row>(applyChange, newest(row, state));

const isSame = (a: Marked, b: Marked) =>
  a.status === b.status && a.rating === b.rating && (a.notes ?? "").trim() === (b.notes ?? "").trim();

/**
 * The base of the marks that wait behind one that was answered. Where the answer holds more than this mark made of its
 * base, somebody else marked too, and what waits was made without knowing that.
 */
const nextBase = (mark: Mark, row: Settled): Base | undefined =>
  mark.base && !isSame(applyChange(mark.base, mark), row) ? mark.base : row;

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
  private running = false;
  private left = false;
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

  /**
   * Takes a mark down, and sends it after `delayMs`: a text that is being typed goes once, not letter by letter. `seen` is
   * the sign-up that it was made on, by the server's last word; a mark made over another has the base of that one.
   */
  add(signupId: number, change: Change, delayMs = 0, seen?: Base): void {
    const waiting = this.read();
    const last = waiting.at(-1);
    const goesOn = last && !last.tried && last.signupId === signupId && isText(last) && isText(change);
    const before = waiting.findLast((mark) => mark.signupId === signupId);
    const base = before ? before.base : seen;
    const mark: Mark = { id: this.parts.newId?.() ?? newId(), signupId, ...change, ...(base && { base }) };
    this.write([...(goesOn ? waiting.slice(0, -1) : waiting), mark]);
    this.publish({ waiting: this.read(), ...(this.state.refusal?.signupId === signupId && { refusal: null }) });
    this.schedule(delayMs);
  }

  /** Tries at once: the network is back, or somebody does not want to wait. */
  flush(): void {
    this.left = false;
    this.tries = 0;
    this.schedule(0);
  }

  /** What another window of this browser wrote down. */
  reload(): void {
    this.publish({ waiting: this.read() });
  }

  /** The page goes away: what waits is sent at once, and what cannot be sent now waits for the next page. */
  leave(): void {
    this.flush();
    this.left = true;
  }

  private schedule(delayMs: number): void {
    clearTimeout(this.timer);
    if (delayMs === 0) void this.run();
    else if (!this.left) this.timer = setTimeout(() => void this.run(), delayMs);
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      await (this.parts.alone ?? withoutLock)(this.parts.key, () => this.sendAll());
    } finally {
      this.running = false;
    }
    // What was added between the last look and the lock being given back.
    if (this.state.waiting.length > 0 && this.state.trouble === null) this.schedule(0);
  }

  private async sendAll(): Promise<void> {
    for (let [mark, ...rest] = this.read(); mark; [mark, ...rest] = this.read()) {
      if (!mark.tried) this.write([{ ...mark, tried: true }, ...rest]);
      const answer = await this.parts.send(mark);
      if (answer.kind === "trouble") {
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
    const { signupId } = mark;
    const base = answer.kind === "settled" ? nextBase(mark, answer.row) : mark.base;
    const others = this.read().filter(({ id }) => id !== mark.id);
    this.write(others.map((each) => (each.signupId === signupId && each.base && base ? { ...each, base } : each)));
    const settled = new Map(this.state.settled);
    if (answer.row) settled.set(signupId, answer.row);
    this.publish({
      waiting: this.read(),
      settled,
      trouble: null,
      ...(answer.kind === "refused" && { refusal: this.refusalOf(mark, answer.message) }),
    });
  }

  private refusalOf({ signupId, notes }: Mark, message: string): QueueState["refusal"] {
    const before = this.state.refusal?.signupId === signupId ? this.state.refusal.notes : null;
    return { signupId, message, notes: notes || before };
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
