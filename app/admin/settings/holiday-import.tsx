"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Badge, type Tone } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/text-field";
import { type ImportedHolidays, type ImportedLine, importHolidaysAction } from "./actions";

const VERDICTS: Record<ImportedLine["verdict"], { word: string; tone: Tone }> = {
  new: { word: "new", tone: "good" },
  changed: { word: "changed", tone: "warn" },
  same: { word: "as it is", tone: "neutral" },
  error: { word: "left out", tone: "bad" },
};

const count = ({ lines }: ImportedHolidays, ...verdicts: ImportedLine["verdict"][]) =>
  lines.filter(({ verdict }) => verdicts.includes(verdict)).length;

/** A pasted list: first what it would do, line by line, then the doing. */
export function ImportHolidays() {
  const [list, setList] = useState("");
  const [result, setResult] = useState<ImportedHolidays | null>(null);
  const todo = result ? count(result, "new", "changed") : 0;
  return (
    <Dialog trigger="Import a list" title="Import a list of holidays">
      {(close) => (
        <div className="grid gap-4">
          <ActionForm action={importHolidaysAction} submit="Check the list" look="plain" onDone={setResult}>
            {(fields) => (
              <>
                <input type="hidden" name="apply" value="no" />
                <TextField
                  label="One holiday in each line"
                  name="list"
                  id="holiday-list"
                  rows={6}
                  spellCheck={false}
                  value={list}
                  onChange={(event) => {
                    setList(event.target.value);
                    setResult(null);
                  }}
                  error={fields.list}
                  hint="2026-12-25 Christmas Day. Days that are not in the list stay as they are."
                />
              </>
            )}
          </ActionForm>
          {result ? <Verdicts result={result} /> : null}
          {result && !result.applied && todo > 0 ? (
            <ActionForm
              action={importHolidaysAction}
              submit={todo === 1 ? "Import 1 holiday" : `Import ${todo} holidays`}
              onDone={setResult}
            >
              {() => (
                <>
                  <input type="hidden" name="apply" value="yes" />
                  <input type="hidden" name="list" value={list} />
                </>
              )}
            </ActionForm>
          ) : null}
          {result?.applied ? (
            <Button
              onClick={() => {
                setList("");
                setResult(null);
                close();
              }}
            >
              Close
            </Button>
          ) : null}
        </div>
      )}
    </Dialog>
  );
}

function Verdicts({ result }: { result: ImportedHolidays }) {
  const [made, changed, same, refused] = (["new", "changed", "same", "error"] as const).map((each) =>
    count(result, each),
  );
  return (
    <>
      <p role="status" className="text-sm">
        {result.applied ? "Done: " : "This list: "}
        {made} new, {changed} changed, {same} as they are, {refused} left out.
      </p>
      <ul className="max-h-60 overflow-y-auto border-t text-sm">
        {result.lines.map(({ line, text, error, verdict, was }) => (
          <li key={line} className="border-b py-1.5">
            <div className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 break-words">{text}</span>
              <Badge tone={VERDICTS[verdict].tone}>{VERDICTS[verdict].word}</Badge>
            </div>
            {error ? (
              <p className="label">
                Line {line}: {error}
              </p>
            ) : null}
            {verdict === "changed" ? <p className="label">was: {was}</p> : null}
          </li>
        ))}
      </ul>
    </>
  );
}
