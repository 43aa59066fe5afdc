"use client";

import clsx from "clsx";
import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { type Chip, FilterChips } from "@/components/data-table/filter-chips";
import { ListTable } from "@/components/data-table/list-table";
import { SearchBox } from "@/components/data-table/search-box";
import { Empty } from "@/components/ui/empty";
import { sessionPeriods } from "@/db/enums";
import type { DemoSessionRow } from "./demo-session-row";
import { demoSessionColumns } from "./demo-sessions-table-columns";
import { demoSessionParams } from "./search-params";

type Props = { rows: DemoSessionRow[]; total: number; page: number };

export function DemoSessionsTable({ rows, total, page }: Props) {
  const [pending, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(demoSessionParams, { shallow: false, history: "push", startTransition });
  const { q, period, sort, size } = params;
  // The first search makes an entry in the history, the next ones replace it: Back undoes it as one step.
  const search = (value: string) =>
    void setParams({ q: value || null, page: null }, { history: q ? "replace" : "push" });
  const chips: Chip[] = q ? [{ key: "q", label: `“${q}”`, onRemove: () => search("") }] : [];

  return (
    <>
      <div className="mb-3 grid gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <SearchBox label="Search title" value={q} onSearch={search} />
          <fieldset className="inline-flex rounded-md border border-strong-line">
            <legend className="sr-only">Period</legend>
            {sessionPeriods.map((each) => (
              <label
                key={each}
                className={clsx(
                  "tap inline-flex h-9 cursor-pointer items-center px-3 text-sm capitalize first-of-type:rounded-l-md last-of-type:rounded-r-md has-focus-visible:outline-2 has-focus-visible:outline-accent",
                  each === period ? "bg-sunken font-medium" : "text-muted hover:text-ink",
                )}
              >
                <input
                  type="radio"
                  name="period"
                  className="sr-only"
                  checked={each === period}
                  onChange={() =>
                    // Past sessions read best from the latest one back.
                    void setParams({ period: each, sort: { key: "date", descending: each === "past" }, page: null })
                  }
                />
                {each}
              </label>
            ))}
          </fieldset>
        </div>
        <FilterChips chips={chips} onClear={() => search("")} />
      </div>
      <ListTable
        label="Demo sessions"
        noun={["session", "sessions"]}
        columns={demoSessionColumns}
        rows={rows}
        total={total}
        page={page}
        size={size}
        sort={sort}
        pending={pending}
        onChange={(change) => void setParams(change)}
        empty={
          q ? (
            <Empty title="No demo session matches this search">
              <button type="button" className="underline underline-offset-2" onClick={() => search("")}>
                Clear the search
              </button>
            </Empty>
          ) : (
            <Empty title={period === "all" ? "No demo sessions yet" : `No ${period} demo sessions`} />
          )
        }
      />
    </>
  );
}
