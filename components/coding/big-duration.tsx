import { Fragment } from "react";
import { formatDuration } from "@/lib/format";

/** A time as a figure one reads from afar: `3 h 20 min` with its units smaller; no data is a dash and says so. */
export function BigDuration({ ms }: { ms: number | null }) {
  if (ms === null) {
    return (
      <span className="text-muted">
        <span aria-hidden>–</span>
        <span className="sr-only">no data</span>
      </span>
    );
  }
  const parts = formatDuration(ms).match(/\S+ \S+/g) ?? [];
  return parts.map((part, place) => {
    const [figure, unit] = part.split(" ");
    return (
      <Fragment key={unit}>
        {place > 0 ? " " : null}
        {figure} <span className="text-[0.6em] font-normal text-muted">{unit}</span>
      </Fragment>
    );
  });
}
