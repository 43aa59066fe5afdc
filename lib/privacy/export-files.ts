import { zipSync } from "fflate";
import type { OwnData } from "@/db/queries/own-data";
import { csvStream } from "@/lib/lists/csv";

export const exportFormats = ["json", "csv"] as const;
export type ExportFormat = (typeof exportFormats)[number];

const MS_PER_HOUR = 3_600_000;

type Value = string | number | boolean | null | string[];
type Row = Record<string, Value>;
type Content = { academy: string; exportedAt: Date; data: OwnData };

export const LEFT_OUT =
  "Left out are passwords, tokens and secret links, which are stored as hashes or encrypted; what staff wrote for themselves, which are notes and answers to early warnings; and how each sync with WakaTime went.";

/** What each file holds, in the order of the list in the readme. */
const FILES: Record<keyof OwnData, string> = {
  account: "Your account.",
  enrolments: "The batches you were in; `until` is the first day that no longer counts.",
  key_uses: "The registration keys you used, by the batch they were for.",
  assignments: "Your projects at the academy, with your links.",
  demos: "What you built.",
  demo_signups: "Your places in demo sessions, with ratings and feedback.",
  certificates: "Your certificates, from the academy and from elsewhere.",
  goals: "Your goals.",
  standing:
    "How you stood in early warning: from a night until another, the band, its points, and the facts it came of, in the words of the program (times are milliseconds).",
  wakatime: "Your link to WakaTime.",
  days: "Coding time by day. A day that never arrived is not there: missing is not zero.",
  day_details: "What you coded in and on, by day: languages, projects, editors and so on, with their real names.",
  days_without_data: "Days that WakaTime's plan did not give.",
  sign_ins: "Where you signed in, and when.",
  calendar_link: "Your calendar link, without its secret.",
  api_tokens: "Your API tokens, without their secrets.",
  notification_choices: "What you chose to be told.",
  messages: "What you were told, and when.",
  activity: "What you changed, and what was changed about you.",
};

const kinds = Object.keys(FILES) as (keyof OwnData)[];

const detailRows = (details: OwnData["day_details"]): Row[] =>
  details.map(([date, kind, name, ms]) => ({ date, kind, name, ms }));

/** The rows of one kind, with hours beside milliseconds for whoever adds them up in a spreadsheet. */
function rowsOf(data: OwnData, kind: keyof OwnData): Row[] {
  if (kind === "day_details") return detailRows(data.day_details);
  const value = data[kind];
  return value === null ? [] : Array.isArray(value) ? (value as Row[]) : [value];
}

const hoursOf = (row: Row): Row => {
  const ms = row.total_ms ?? row.target_ms ?? row.ms;
  return typeof ms === "number" ? { ...row, hours: Math.round((ms / MS_PER_HOUR) * 100) / 100 } : row;
};

const cellOf = (value: Value | undefined): string | number | null => {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.join("; ");
  return typeof value === "boolean" ? (value ? "yes" : "no") : value;
};

/** The columns are those of the first row: all rows of a kind are made alike. */
async function csvOf(rows: Row[]): Promise<Uint8Array> {
  const headers = Object.keys(rows[0] ?? {});
  async function* once() {
    yield rows.map((row) => headers.map((header) => cellOf(row[header])));
  }
  return new Uint8Array(await new Response(await csvStream(headers, once())).arrayBuffer());
}

const readme = ({ academy, exportedAt, data }: Content): string =>
  [
    `Your data at ${academy}, as of ${exportedAt.toISOString()}.`,
    "",
    "One file for each kind, UTF-8, one header line, comma separated. Instants are in UTC (ISO 8601), days are YYYY-MM-DD in the zone that stands beside them, empty means unknown or none. Text that a spreadsheet would calculate begins with an apostrophe.",
    "",
    ...kinds.map(
      (kind) =>
        `${kind}.csv: ${FILES[kind]}${rowsOf(data, kind).length === 0 ? " There is nothing of this kind." : ""}`,
    ),
    "",
    LEFT_OUT,
    "",
  ].join("\r\n");

/** All of it in one file that programs read. */
export const exportJson = ({ academy, exportedAt, data }: Content): string =>
  JSON.stringify(
    {
      academy,
      exported_at: exportedAt.toISOString(),
      left_out: LEFT_OUT,
      ...data,
      day_details: detailRows(data.day_details),
    },
    null,
    1,
  );

/** A zip with one CSV file for each kind that there is something of, and a readme that says what they hold. */
export async function exportZip(content: Content): Promise<Uint8Array<ArrayBuffer>> {
  const files: Record<string, Uint8Array> = { "readme.txt": new TextEncoder().encode(readme(content)) };
  for (const kind of kinds) {
    const rows = rowsOf(content.data, kind).map(hoursOf);
    if (rows.length > 0) files[`${kind}.csv`] = await csvOf(rows);
  }
  return zipSync(files, { mtime: content.exportedAt });
}
