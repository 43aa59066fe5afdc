import clsx from "clsx";
import { Panel } from "@/components/ui/panel";
import type { DatePreview } from "@/lib/demo-sessions/weekly-rule";
import { formatCount, formatDateWithWeekday } from "@/lib/format";
import { previewWords } from "./date-words";

type Props = {
  previews: DatePreview[];
  ticked: string[];
  onTurn: (date: string) => void;
  error?: string | undefined;
};

/** What would come of each date. Nobody creates a second session on a day; on a holiday, whoever means to. */
export function DatePreviews({ previews, ticked, onTurn, error }: Props) {
  return (
    <Panel
      title="Dates"
      aside={
        <span role="status">
          {formatCount(ticked.length)} of {formatCount(previews.length)} will be created
        </span>
      }
    >
      {error ? (
        <p role="alert" data-form-message tabIndex={-1} className="mb-2 text-sm text-bad">
          {error}
        </p>
      ) : null}
      {previews.length === 0 ? (
        <p className="text-sm text-muted">Give a first day and a number of weeks.</p>
      ) : (
        <ul className="border-t text-sm" aria-label="Dates">
          {previews.map((preview) => {
            const { date, verdict } = preview;
            return (
              <li key={date} className="border-b">
                <label className="tap flex items-center gap-2.5 py-1.5">
                  <input
                    type="checkbox"
                    className="size-4 shrink-0 accent-accent"
                    checked={ticked.includes(date)}
                    disabled={verdict === "taken"}
                    onChange={() => onTurn(date)}
                  />
                  <span className={clsx("whitespace-nowrap", verdict === "taken" && "text-muted line-through")}>
                    {formatDateWithWeekday(date)}
                  </span>
                  <span className={clsx("min-w-0", verdict === "new" ? "text-muted" : "text-warn")}>
                    {previewWords(preview)}
                  </span>
                </label>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
