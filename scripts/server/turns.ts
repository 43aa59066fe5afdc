/** A request holds its turn for this long at most: what takes longer waits for somebody else and uses no processor. */
export const TURN_MS = 1_000;

/** A process that answers requests: how many have their turn there now, and how many it has altogether. */
export type Lane = { turns: number; inProgress: number };

export type Waiting<L extends Lane> = { start: (lane: L) => void; refuse: () => void };
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
 * of arrival, while all of them are busy. Event streams, slow uploads and whatever waits for another service lose their
 * turn after TURN_MS and go on without one, so that they keep nobody from being answered.
 */
export class Turns<L extends Lane> {
  readonly lanes = new Set<L>();
  private readonly line: Queued<L>[] = [];
  private readonly held = new Set<Held<L>>();
  refused = 0;

  constructor(
    private readonly limits: TurnLimits,
    private readonly now: () => number = Date.now,
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
    const lane = this.line.length === 0 ? this.freest() : undefined;
    if (lane) {
      waiting.start(lane);
      return () => {};
    }
    if (this.line.length >= this.limits.waiting) {
      this.refused += 1;
      waiting.refuse();
      return () => {};
    }
    const queued = { ...waiting, since: this.now() };
    this.line.push(queued);
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
    while (this.line[0] && now - this.line[0].since > this.limits.waitMs) {
      this.refused += 1;
      this.line.shift()?.refuse();
    }
    this.next();
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
