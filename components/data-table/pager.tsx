"use client";

import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import { Glyph } from "@/components/ui/glyph";
import { formatCount } from "@/lib/format";
import { lastPage, PAGE_SIZES } from "@/lib/table-params";

type Props = {
  noun: string;
  total: number;
  page: number;
  size: number;
  onPage: (page: number) => void;
  onSize: (size: (typeof PAGE_SIZES)[number]) => void;
};

/** The exact total, the way to any page, and how many rows a page has. The count is read out when it changes. */
export function Pager({ noun, total, page, size, onPage, onSize }: Props) {
  const last = lastPage(total, size);
  const first = total === 0 ? 0 : (page - 1) * size + 1;
  return (
    <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center justify-between gap-3 text-sm text-muted">
      <p role="status">
        {total === 0
          ? `No ${noun}`
          : `${formatCount(first)}–${formatCount(Math.min(page * size, total))} of ${formatCount(total)} ${noun}`}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <label className="flex items-center gap-2">
          Rows
          <select
            className="control h-8"
            value={size}
            onChange={(event) => onSize(PAGE_SIZES.find((each) => each === Number(event.target.value)) ?? 20)}
          >
            {PAGE_SIZES.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <form
          key={page}
          className="flex items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            const wanted = Number(new FormData(event.currentTarget).get("page"));
            if (Number.isInteger(wanted)) onPage(Math.min(Math.max(wanted, 1), last));
          }}
        >
          <label className="flex items-center gap-2">
            Page
            <input name="page" inputMode="numeric" defaultValue={page} className="control h-8 w-14 text-center" />
          </label>
          <span>of {formatCount(last)}</span>
        </form>
        <div className="flex">
          <Step label="First page" icon={ChevronFirst} to={1} disabled={page <= 1} onPage={onPage} />
          <Step label="Previous page" icon={ChevronLeft} to={page - 1} disabled={page <= 1} onPage={onPage} />
          <Step label="Next page" icon={ChevronRight} to={page + 1} disabled={page >= last} onPage={onPage} />
          <Step label="Last page" icon={ChevronLast} to={last} disabled={page >= last} onPage={onPage} />
        </div>
      </div>
    </nav>
  );
}

type StepProps = { label: string; icon: LucideIcon; to: number; disabled: boolean; onPage: (page: number) => void };

function Step({ label, icon: Icon, to, disabled, onPage }: StepProps) {
  return (
    <button
      type="button"
      disabled={disabled}
      onClick={() => onPage(to)}
      className="tap inline-flex size-8 items-center justify-center rounded-md hover:bg-sunken hover:text-ink disabled:pointer-events-none disabled:opacity-40 pointer-coarse:size-11"
    >
      <Glyph of={Icon} className="size-4" />
      <span className="sr-only">{label}</span>
    </button>
  );
}
