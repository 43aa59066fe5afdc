import type { AnalyticsFrame, Span } from "@/db/queries/analytics-shape";
import { formatDate } from "@/lib/format";
import type { AnalyticsView } from "./analytics-load";

export const spanWords = ({ from, to }: Span): string =>
  from === to ? formatDate(from) : `${formatDate(from)} – ${formatDate(to)}`;

export const zoneWords = ({ zone }: Pick<AnalyticsFrame, "zone">): string =>
  zone === "UTC" ? zone : zone.replaceAll("_", " ");

function spanShown(shown: AnalyticsView): Span | null {
  switch (shown.view) {
    // Each has its own days, which stand in it.
    case "trends":
    case "inactive":
    case "compare":
      return null;
    case "list":
      return shown.data.days;
    default:
      return shown.data.frame.span;
  }
}

/** The dates that what is shown is of, as they stand over it, on the screen as on paper; null where none are said. */
export function daysWords(shown: AnalyticsView): string | null {
  const span = spanShown(shown);
  return span && shown.view !== "compare" ? `${spanWords(span)}, in ${zoneWords(shown.data.frame)}` : null;
}
