"use client";

import Link from "next/link";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { formatCount, formatDate } from "@/lib/format";
import { issueCertificatesAction } from "../actions";

type Props = {
  issue: {
    batchId: number;
    name: string;
    dateIssued: string;
    dateExpired: string | null;
    description: string | null;
  };
  graduates: { id: number; name: string; has: boolean }[];
};

const people = (count: number) => `${formatCount(count)} ${count === 1 ? "graduate" : "graduates"}`;

/** Who gets the certificate and who has it already; the button issues it to the former, once. */
export function IssuePreview({ issue, graduates }: Props) {
  const [done, setDone] = useState<{ issued: number; had: number } | null>(null);
  const getting = graduates.filter(({ has }) => !has);
  const having = graduates.filter(({ has }) => has);
  if (done) {
    return (
      <p role="status">
        Issued to {people(done.issued)}
        {done.had > 0 ? `; ${formatCount(done.had)} had one already` : null}.{" "}
        <Link
          href={`/admin/certificates?batch=${issue.batchId}&origin=academy`}
          className="underline underline-offset-2"
        >
          See them
        </Link>
      </p>
    );
  }
  return (
    <div className="grid gap-5">
      <p className="text-sm">
        Issued on {formatDate(issue.dateIssued)},{" "}
        {issue.dateExpired ? `expires on ${formatDate(issue.dateExpired)}` : "never expires"}.
      </p>
      {getting.length > 0 ? (
        <>
          <Names title={`${people(getting.length)} will get one`} names={getting} />
          <ActionForm
            action={issueCertificatesAction}
            submit={`Issue to ${people(getting.length)}`}
            className="grid max-w-xs gap-3"
            onDone={setDone}
          >
            {(errors) => (
              <>
                {Object.entries(issue).map(([name, value]) => (
                  <input key={name} type="hidden" name={name} value={value ?? ""} />
                ))}
                {Object.values(errors).map((message) => (
                  <p key={message} role="alert" className="text-sm text-bad">
                    {message}
                  </p>
                ))}
              </>
            )}
          </ActionForm>
        </>
      ) : (
        <p className="font-medium">Every graduate has a valid one: there is nothing to issue.</p>
      )}
      {having.length > 0 ? (
        <Names
          title={`${people(having.length)} ${having.length === 1 ? "has" : "have"} one that holds`}
          names={having}
        />
      ) : null}
    </div>
  );
}

function Names({ title, names }: { title: string; names: { id: number; name: string }[] }) {
  return (
    <section>
      <h3 className="mb-1 text-sm font-medium">{title}</h3>
      <ul className="columns-2 border-y py-2 text-sm xl:columns-3">
        {names.map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ul>
    </section>
  );
}
