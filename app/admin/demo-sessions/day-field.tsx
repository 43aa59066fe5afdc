"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { isDate } from "@/lib/dates";
import { previewDates } from "@/lib/demo-sessions/weekly-rule";
import { formatDateWithWeekday } from "@/lib/format";
import { previewWords } from "./date-words";
import type { Known } from "./next-free-date";

type Props = { label: string; name: string; value: string; known: Known; error?: string | undefined };

/** A day with its weekday, and what is there already, said before anything is sent. */
export function DayField({ label, name, value, known, error }: Props) {
  const [date, setDate] = useState(value);
  const [preview] = isDate(date) ? previewDates([date], known) : [];
  return (
    <Field
      label={label}
      name={name}
      type="date"
      required
      defaultValue={value}
      error={error}
      onChange={(event) => setDate(event.target.value)}
      hint={
        preview ? (
          <span role="status">
            {formatDateWithWeekday(date)}
            {preview.verdict === "taken" ? (
              <span className="text-warn"> · {previewWords(preview)} · there is one session a day</span>
            ) : preview.verdict === "holiday" ? (
              <span className="text-warn"> · {previewWords(preview)}</span>
            ) : preview.why ? (
              ` · ${preview.why}`
            ) : null}
          </span>
        ) : null
      }
    />
  );
}
