"use client";

import clsx from "clsx";
import { Panel } from "@/components/ui/panel";
import { SelectField } from "@/components/ui/select-field";
import { formatCount } from "@/lib/format";
import { FIELD_LABELS, ROSTER_FIELDS, type RosterField } from "@/lib/roster/fields";
import type { FileFacts } from "@/lib/roster/read";
import {
  DELIMITER_WORDS,
  DELIMITERS,
  type Delimiter,
  ENCODING_WORDS,
  ENCODINGS,
  type Encoding,
} from "@/lib/roster/words";
import type { Reading } from "./roster-call";

type Props = {
  name: string;
  file: FileFacts;
  reading: Reading;
  pending: boolean;
  onChange: (change: Partial<Reading>) => void;
};

/** How the file was read, with its first rows: a wrong guess is seen here, and put right here. */
export function ReadingPanel({ name, file, reading, pending, onChange }: Props) {
  const { columns, missing, sample, hasHeadings, rows } = file;
  // What was chosen last, though its answer may still be on the way.
  const { encoding = file.encoding, delimiter = file.delimiter, mapping = file.mapping } = reading;
  const asField = (field: RosterField, value: string) =>
    // Said once, the columns stay as they are, whatever else changes.
    onChange({ encoding, delimiter, mapping: { ...mapping, [field]: value === "" ? null : Number(value) } });
  return (
    <Panel
      title="How it was read"
      aside={`${name}: ${formatCount(rows)} ${rows === 1 ? "row" : "rows"}${hasHeadings ? "" : ", no headings found"}`}
    >
      {missing.length > 0 ? (
        <p role="alert" className="mb-4 border-l-2 border-warn pl-3 text-sm">
          Still needed: {missing.join(", ")}. Say below which column has it.
        </p>
      ) : null}
      <fieldset>
        <legend className="sr-only">How to read the file</legend>
        <div className="grid grid-cols-2 gap-x-4 gap-y-3 md:grid-cols-4 xl:grid-cols-6">
          {ROSTER_FIELDS.map((field) => (
            <SelectField
              key={field}
              label={FIELD_LABELS[field]}
              name={`map-${field}`}
              value={mapping[field] ?? ""}
              onChange={(event) => asField(field, event.target.value)}
            >
              <option value="">no column</option>
              {columns.map((column, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same heading
                <option key={index} value={index}>
                  {column}
                </option>
              ))}
            </SelectField>
          ))}
          <SelectField
            label="Encoding"
            name="encoding"
            value={encoding}
            // Another reading has other headings: the columns are guessed anew.
            onChange={(event) => onChange({ encoding: event.target.value as Encoding, mapping: undefined })}
          >
            {ENCODINGS.map((each) => (
              <option key={each} value={each}>
                {ENCODING_WORDS[each]}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="Cells are parted by"
            name="delimiter"
            value={delimiter}
            onChange={(event) => onChange({ delimiter: event.target.value as Delimiter, mapping: undefined })}
          >
            {DELIMITERS.map((each) => (
              <option key={each} value={each}>
                {DELIMITER_WORDS[each]}
              </option>
            ))}
          </SelectField>
        </div>
      </fieldset>
      <Sample columns={columns} sample={sample} pending={pending} />
    </Panel>
  );
}

function Sample({ columns, sample, pending }: Pick<FileFacts, "columns" | "sample"> & { pending: boolean }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls can be reached by keyboard
      tabIndex={0}
      aria-label="The first rows"
      className={clsx("mt-5 overflow-x-auto border-y transition-opacity", pending && "opacity-50")}
    >
      <table className="w-full text-sm">
        <caption className="sr-only">The first rows as they were read</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same heading
              <th key={index} scope="col" className="label h-8 pr-6 text-left font-medium whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sample.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have nothing else
            <tr key={row} className="border-t">
              {cells.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells neither
                <td key={index} className="py-1.5 pr-6 whitespace-nowrap">
                  {cell || <span className="text-muted">–</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
