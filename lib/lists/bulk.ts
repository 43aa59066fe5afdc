/** What became of a bulk action: how many were done, and who could not be, with the reason. */
export type BulkResult = { done: number; failed: { label: string; reason: string }[] };
