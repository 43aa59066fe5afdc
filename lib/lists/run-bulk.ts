import { toFailure } from "@/lib/action";
import { type ActionResult, ok } from "@/lib/errors";
import type { BulkResult } from "./bulk";

/** So many at the same time: a bulk action leaves connections to everybody else. */
const AT_ONCE = 3;

/**
 * Does something with each of many, every one in a transaction of its own: what cannot be done is told with its reason
 * and keeps nobody else from it.
 */
export async function runBulk<Item extends { name: string }>(
  items: Item[],
  act: (item: Item) => Promise<ActionResult<unknown>>,
): Promise<ActionResult<BulkResult>> {
  const result: BulkResult = { done: 0, failed: [] };
  const queue = items.values();
  const work = async () => {
    for (const item of queue) {
      const outcome = await act(item).catch(toFailure);
      if (outcome.ok) result.done += 1;
      else result.failed.push({ label: item.name, reason: outcome.message });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return ok(result);
}
