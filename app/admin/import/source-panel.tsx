"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { formatCount } from "@/lib/format";
import { MAX_ROSTER_BYTES, MAX_ROSTER_ROWS } from "@/lib/roster/words";
import type { BatchOption } from "./import-desk";
import type { Source } from "./roster-call";

type Props = {
  batches: BatchOption[];
  batchId: number | null;
  pending: boolean;
  onBatch: (batchId: number | null) => void;
  onSource: (source: Source) => void;
  onFault: (message: string) => void;
};

const TOO_LARGE = "This is larger than 2 MB. Please split it and import one part after the other.";

/** Where the people come from: a file, or a list pasted from a spreadsheet. */
export function SourcePanel({ batches, batchId, pending, onBatch, onSource, onFault }: Props) {
  const [pasted, setPasted] = useState("");

  async function take(content: Blob | undefined, name: string) {
    if (!content) return;
    if (content.size > MAX_ROSTER_BYTES) return onFault(TOO_LARGE);
    // A copy: the file may be saved again while we look at it.
    onSource({ content: new Blob([await content.arrayBuffer()]), name });
  }

  return (
    <Panel title="The list" aside={`CSV, at most 2 MB and ${formatCount(MAX_ROSTER_ROWS)} rows`}>
      <div className="grid grid-cols-1 gap-x-12 gap-y-5 md:grid-cols-2">
        <div className="grid content-start gap-5">
          <div className="grid gap-1.5">
            <label htmlFor="roster-file" className="text-sm font-medium">
              File
            </label>
            <input
              id="roster-file"
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
              aria-describedby="roster-file-hint"
              className="control tap h-auto w-full py-1.5 file:mr-3 file:rounded-md file:border-0 file:bg-sunken file:px-2.5 file:py-0.5 file:text-sm file:font-medium file:text-ink"
              onChange={(event) => {
                const file = event.target.files?.[0];
                void take(file, file?.name ?? "");
                // Choosing the same file again, saved anew, is a new choice.
                event.target.value = "";
              }}
            />
            <p id="roster-file-hint" className="label">
              With headings. E-mail and name are needed; batch, status, start date, phone and time zone are welcome.
              Choosing a file changes nothing yet.
            </p>
          </div>
          <SelectField
            label="Batch of new people"
            name="batchId"
            id="roster-batch"
            value={batchId ?? ""}
            hint="For those for whom the list names none."
            onChange={(event) => onBatch(event.target.value === "" ? null : Number(event.target.value))}
          >
            <option value="">As the list says</option>
            {batches.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
        <form
          className="grid content-start gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            void take(new Blob([pasted]), "pasted list");
          }}
        >
          <TextField
            label="Or paste it"
            name="pasted"
            rows={6}
            spellCheck={false}
            value={pasted}
            hint="Rows copied from a spreadsheet, headings first."
            onChange={(event) => setPasted(event.target.value)}
          />
          <Button type="submit" disabled={pending || pasted.trim() === ""} className="justify-self-start">
            {pending ? "One moment…" : "Check the pasted list"}
          </Button>
        </form>
      </div>
    </Panel>
  );
}
