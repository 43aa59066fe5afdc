import type { CodingDay } from "./transform";

/** Two sums of 32 bits, each mixed in its own way: together as good as one of 64, which numbers here cannot hold. */
type Lanes = { high: number; low: number };

function mixText(lanes: Lanes, text: string): void {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    lanes.high = Math.imul(lanes.high ^ unit, 0x01000193);
    lanes.low = Math.imul(lanes.low ^ unit, 0x27d4eb2f);
    lanes.high ^= lanes.high >>> 15;
    lanes.low ^= lanes.low >>> 13;
  }
  mixNumber(lanes, text.length);
}

/** Of a whole number below 2³²; each of its bits changes about half of all. By the finalizers of MurmurHash3 and lowbias32. */
function mixNumber(lanes: Lanes, value: number): void {
  let high = lanes.high ^ value;
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b);
  high = Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  lanes.high = high ^ (high >>> 16);
  let low = lanes.low ^ value;
  low = Math.imul(low ^ (low >>> 16), 0x7feb352d);
  low = Math.imul(low ^ (low >>> 15), 0x846ca68b);
  lanes.low = low ^ (low >>> 16);
}

/**
 * A number of 64 bits that stands for the whole content of a day, whatever the order of its items, as Postgres writes a
 * bigint. It tells a person's day from the same day as it was before, which nobody forges: speed is all it needs, for it
 * is made of every day of every user each night. Changing it makes every stored day count as changed once.
 */
export function dayDigest({ timeZone, totalMs, items }: CodingDay): string {
  const day: Lanes = { high: 0, low: 0 };
  const item: Lanes = { high: 0, low: 0 };
  for (const { kind, name, ms } of items) {
    item.high = 0x243f6a88;
    item.low = 0x13198a2e;
    mixText(item, kind);
    mixText(item, name);
    mixNumber(item, ms);
    // Sums do not know an order.
    day.high = (day.high + item.high) | 0;
    day.low = (day.low + item.low) | 0;
  }
  mixText(day, timeZone);
  mixNumber(day, totalMs);
  return BigInt.asIntN(64, (BigInt(day.high >>> 0) << 32n) | BigInt(day.low >>> 0)).toString();
}
