import Link from "next/link";
import type { ReactNode } from "react";
import type { AuditEvent } from "@/db/queries/audit-list";
import { formatInstant } from "@/lib/format";
import { auditList } from "@/lib/lists/audit";
import { actionInWords, jobInWords, subjectInWords, subjectPage } from "@/lib/lists/audit-words";
import { differenceOf } from "./difference";

const link = "underline underline-offset-2 hover:text-ink";

/** One event: who, what, where from, and what was before and after. */
export function EventPanel({ event }: { event: AuditEvent }) {
  const at = new Date(event.at);
  const page = subjectPage(event);
  const actor = event.actorId === null ? `job:${event.actorJob}` : String(event.actorId);
  return (
    <div className="grid gap-5 text-sm">
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">
        <Fact label="When">
          <time dateTime={at.toISOString()}>{formatInstant(at)}</time>
        </Fact>
        <Fact label="Who">
          {event.actorName ?? jobInWords(event.actorJob ?? "unknown")}{" "}
          <Link href={auditList.href({ actor })} className={link}>
            all of theirs
          </Link>
        </Fact>
        {event.actingAsName ? <Fact label="Viewing as">{event.actingAsName}</Fact> : null}
        <Fact label="What">
          {actionInWords(event.action)} <code className="label">{event.action}</code>
        </Fact>
        <Fact label="Subject">
          {subjectInWords(event.subjectType)}
          {event.subjectId === null ? null : ` ${event.subjectId}`}
        </Fact>
        <Fact label="Called">
          {page ? (
            <Link href={page} className={link}>
              {event.label}
            </Link>
          ) : (
            event.label
          )}
        </Fact>
        <Fact label="Request">{event.requestId ? <code className="text-xs">{event.requestId}</code> : "–"}</Fact>
        <Fact label="Address">{event.ip ?? "–"}</Fact>
      </dl>
      <Difference event={event} />
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="label pt-0.5">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function Difference({ event }: { event: AuditEvent }) {
  const changes = differenceOf(event.before, event.after);
  if (changes.length === 0) return <p className="text-muted">No values were written down with it.</p>;
  return (
    <table className="w-full table-fixed">
      <caption className="mb-1 text-left font-semibold">Before and after</caption>
      <thead>
        <tr className="border-b">
          {["Field", "Before", "After"].map((head) => (
            <th key={head} scope="col" className="label py-1.5 pr-2 text-left font-medium">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field} className="border-b align-top">
            <th scope="row" className="py-1.5 pr-2 text-left font-normal break-words text-muted">
              {field}
            </th>
            <td className="py-1.5 pr-2 break-words whitespace-pre-line">
              {before ?? <span className="text-muted">–</span>}
            </td>
            <td className="py-1.5 break-words whitespace-pre-line">{after ?? <span className="text-muted">–</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
