import { createParser } from "nuqs/server";
import { auditSortKeys } from "@/db/enums";
import { LARGEST_ID } from "@/lib/table-params";
import { actionInWords, jobInWords, subjectInWords } from "./audit-words";
import { defineList } from "./definition";

const parseAsMatch = (pattern: RegExp) =>
  createParser({ parse: (value) => (pattern.test(value) ? value : null), serialize: String });

const parseAsActor = createParser({
  parse: (value: string) => {
    if (/^job:[a-z][a-z0-9:-]{0,60}$/.test(value)) return value;
    const id = Number(value);
    return Number.isSafeInteger(id) && id >= 1 && id <= LARGEST_ID ? String(id) : null;
  },
  serialize: String,
});

const parseAsDay = createParser({
  parse: (value: string) => {
    const isDay = /^(19|20)\d\d-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
    return isDay && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value) ? value : null;
  },
  serialize: String,
});

/** `/admin/audit`. People are filtered by their user id, jobs by `job:` and their name. */
export const auditList = defineList({
  name: "audit",
  path: "/admin/audit",
  noun: ["event", "events"],
  search: null,
  sortKeys: auditSortKeys,
  defaultSort: { key: "at", descending: true },
  filters: {
    action: { label: "Action", parser: parseAsMatch(/^[a-z-]{1,40}\.[a-z-]{1,40}$/), words: actionInWords },
    subject: { label: "Subject", parser: parseAsMatch(/^[a-z_]{1,40}$/), words: subjectInWords },
    actor: {
      label: "Who",
      parser: parseAsActor,
      words: (actor: string) => (actor.startsWith("job:") ? jobInWords(actor.slice(4)) : `user ${actor}`),
    },
    from: { label: "From", parser: parseAsDay, kind: "date" },
    to: { label: "To", parser: parseAsDay, kind: "date" },
  },
  columns: {
    at: "When",
    actor: "Who",
    actingAs: "Viewing as",
    action: "What",
    subject: "Subject",
    label: "Called",
    request: "Request",
    ip: "Address",
  },
  hidden: ["actingAs", "request", "ip"],
});
