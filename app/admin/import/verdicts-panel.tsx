"use client";

import { useState } from "react";
import { Pager } from "@/components/data-table/pager";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { formatCount } from "@/lib/format";
import type { DryRun } from "@/lib/roster/dry-run";
import { errorList } from "@/lib/roster/error-list";
import { VERDICTS, type VerdictKind } from "@/lib/roster/verdict-kinds";
import type { PAGE_SIZES } from "@/lib/table-params";
import { VERDICT_WORDS, VerdictTable } from "./verdict-table";

type Props = { dryRun: DryRun; name: string; pending: boolean };

/** What would happen with every row, counted and narrowed down by verdict. */
export function VerdictsPanel({ dryRun, name, pending }: Props) {
  const [only, setOnly] = useState<VerdictKind | null>(null);
  const [page, setPage] = useState(1);
  const [size, setSize] = useState<(typeof PAGE_SIZES)[number]>(20);
  const { counts, rows } = dryRun;
  const found = only ? rows.filter(({ kind }) => kind === only) : rows;
  const last = Math.max(1, Math.ceil(found.length / size));
  const shownPage = Math.min(page, last);
  const show = (kind: VerdictKind | null) => {
    setOnly(kind);
    setPage(1);
  };
  return (
    <Panel title="What would happen" aside="nothing has been changed yet">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {/* biome-ignore lint/a11y/useSemanticElements: buttons that narrow a list down, no fields of a form */}
        <div role="group" aria-label="Verdict" className="flex flex-wrap gap-2">
          <FilterButton label="All" count={rows.length} pressed={only === null} onPress={() => show(null)} />
          {VERDICTS.map((kind) => (
            <FilterButton
              key={kind}
              label={VERDICT_WORDS[kind].filter}
              count={counts[kind]}
              pressed={only === kind}
              onPress={() => show(kind)}
            />
          ))}
        </div>
        {counts.error > 0 ? (
          <Button small look="quiet" className="sm:ml-auto" onClick={() => download(dryRun, name)}>
            Download the rows with errors
          </Button>
        ) : null}
      </div>
      {found.length === 0 ? (
        <Empty title="No row has this verdict" />
      ) : (
        <VerdictTable rows={found.slice((shownPage - 1) * size, shownPage * size)} pending={pending} />
      )}
      <Pager
        noun={found.length === 1 ? "row" : "rows"}
        total={found.length}
        page={shownPage}
        size={size}
        onPage={setPage}
        onSize={(next) => {
          setSize(next);
          setPage(1);
        }}
      />
    </Panel>
  );
}

type FilterProps = { label: string; count: number; pressed: boolean; onPress: () => void };

const FilterButton = ({ label, count, pressed, onPress }: FilterProps) => (
  <Button
    small
    aria-pressed={pressed}
    onClick={onPress}
    className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
  >
    {label} <span className={pressed ? undefined : "text-muted"}>{formatCount(count)}</span>
  </Button>
);

function download(dryRun: DryRun, name: string): void {
  const url = URL.createObjectURL(new Blob([errorList(dryRun)], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name.replace(/\.[a-z]{1,4}$/i, "")}-errors.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
