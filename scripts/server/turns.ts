/** A request holds its turn for this long at most: what takes longer waits for somebody else and uses no processor. */
export const TURN_MS = 1_000;
/** As many may pass the line at a time: a stranger who asks for nothing else keeps nobody from being answered. */
const MOST_PASSING = 4;

/** A process that answers requests: how many have their turn there now, and how many it has altogether. */
export type Lane = { turns: number; inProgress: number };

export type Waiting<L extends Lane> = {
  start: (lane: L) => void;
  refuse: () => void;
  /** Stands at the head of the line: who has had a turn that came to nothing, waiting since then, ... */
  since?: number | undefined;
  /** ... and who watches over the server, a few at a time. */
  passes?: boolean | undefined;
};
type Queued<L extends Lane> = Waiting<L> & { since: number };
type Held<L extends Lane> = { lane: L; since: number; holding: boolean };

export type TurnLimits = {
  /** Turns at the same time in one process; as many requests may be open there as `open`, long ones included. */
  turns: number;
  open: number;
  /** How many may wait, and for how long. */
  waiting: number;
  waitMs: number;
};

/**
 * Who is answered next: a request goes to the process with the fewest in progress, and waits in one line, in the order
 * of arrival, while all of them are busy. Slow uploads and downloads and whatever waits for another service lose their
 * turn after TURN_MS and go on without one, so that they keep nobody from being answered.
 */
export class Turns<L extends Lane> {
  readonly lanes = new Set<L>();
  private readonly line: Queued<L>[] = [];
  private readonly held = new Set<Held<L>>();
  refused = 0;

  constructor(
    private readonly limits: TurnLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get waiting(): number {
    return this.line.length;
  }

  get inProgress(): number {
    let sum = 0;
    for (const lane of this.lanes) sum += lane.inProgress;
    return sum;
  }

  /** Starts it now or when its turn comes; refuses it when too many wait already. Returns how it leaves the line. */
  ask(waiting: Waiting<L>): () => void {
    const first = waiting.since !== undefined || (waiting.passes && this.passing < MOST_PASSING);
    const lane = first || this.line.length === 0 ? this.freest() : undefined;
    if (lane) {
      waiting.start(lane);
      return () => {};
    }
    if (!first && this.line.length >= this.limits.waiting) {
      this.refused += 1;
      waiting.refuse();
      return () => {};
    }
    const queued = { ...waiting, since: waiting.since ?? this.now() };
    if (first) this.line.unshift(queued);
    else this.line.push(queued);
    return () => {
      const at = this.line.indexOf(queued);
      if (at >= 0) this.line.splice(at, 1);
    };
  }

  /** Takes a turn in `lane`; returns what ends it. */
  take(lane: L): () => void {
    const held = { lane, since: this.now(), holding: true };
    this.held.add(held);
    lane.turns += 1;
    lane.inProgress += 1;
    let over = false;
    return () => {
      if (over) return;
      over = true;
      this.held.delete(held);
      lane.inProgress -= 1;
      this.giveBack(held);
      this.next();
    };
  }

  /** Lets in whoever a free turn can be given to. */
  next(): void {
    while (this.line.length > 0) {
      const lane = this.freest();
      if (!lane) return;
      this.line.shift()?.start(lane);
    }
  }

  /** To be called several times a second: long requests lose their turns, whoever waited too long is refused. */
  sweep(): void {
    const now = this.now();
    for (const held of this.held) {
      if (now - held.since < TURN_MS) break;
      this.held.delete(held);
      this.giveBack(held);
    }
    // Not only at the head: who stands there without having come first may be younger than those behind.
    for (const queued of this.line.filter(({ since }) => now - since > this.limits.waitMs)) {
      this.line.splice(this.line.indexOf(queued), 1);
      this.refused += 1;
      queued.refuse();
    }
    this.next();
  }

  private get passing(): number {
    return this.line.reduce((sum, { passes }) => sum + (passes ? 1 : 0), 0);
  }

  private giveBack(held: Held<L>): void {
    if (!held.holding) return;
    held.holding = false;
    held.lane.turns -= 1;
  }

  private freest(): L | undefined {
    let best: L | undefined;
    for (const lane of this.lanes) {
      if (lane.turns >= this.limits.turns || lane.inProgress >= this.limits.open) continue;
      if (!best || lane.turns < best.turns || (lane.turns === best.turns && lane.inProgress < best.inProgress))
        best = lane;
    }
    return best;
  }
}
