import { hash } from "node:crypto";
import type { CodingDay } from "./transform";

/**
 * A number that stands for the whole content of a day, whatever the order of its items: the first eight bytes of a
 * SHA-256, as Postgres writes a bigint. Changing what goes into it makes every stored day count as changed once.
 */
export function dayDigest({ timeZone, totalMs, items }: CodingDay): string {
  const lines = items.map(({ kind, name, ms }) => `${kind}\0${name}\0${ms}`).sort();
  return hash("sha256", `${timeZone}\0${totalMs}\n${lines.join("\n")}`, "buffer")
    .readBigInt64BE(0)
    .toString();
}
