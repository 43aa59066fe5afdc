import { createHash } from "node:crypto";
import type { Judged } from "./verdict";

/** Names what a dry run has promised: another one of the same rows has the same digest only if nothing has changed. */
export function digestOf(judged: Judged[]): string {
  const promised = judged.map(({ row, kind, email, changes, faults, account, enrolment, invitable }) => [
    ...[row, kind, email, changes, faults],
    ...(kind === "error" ? [] : [account, enrolment, invitable]),
  ]);
  return createHash("sha256").update(JSON.stringify(promised)).digest("hex");
}
