import { formatAgo, formatInstant } from "@/lib/format";

/** How fresh a sum over many students is: as of the last sync of everybody that read most of them. */
export function AsOf({ syncedAsOf, now }: { syncedAsOf: string | null; now: Date }) {
  if (!syncedAsOf) return <>never synced</>;
  const at = new Date(syncedAsOf);
  return (
    <time dateTime={at.toISOString()} title={formatInstant(at)} className="whitespace-nowrap">
      as of the sync {formatAgo(at, now)}
    </time>
  );
}
