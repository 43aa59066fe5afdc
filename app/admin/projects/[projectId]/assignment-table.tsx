"use client";

import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { ASSIGNMENT_TONES } from "@/components/project/words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import type { AssignmentRow } from "@/db/queries/project-detail";
import { formatDate } from "@/lib/format";
import { EditAssignment } from "./edit-assignment";

type Props = { assignments: AssignmentRow[]; canEdit: boolean; over: boolean };

const head = "label h-9 pr-4 text-left font-medium";
const cell = "py-2.5 pr-4 align-top text-sm";

/** Who is and was on the project. One dialog serves every row, so that three hundred of them stay light. */
export function AssignmentTable({ assignments, canEdit, over }: Props) {
  const [edited, setEdited] = useState<number | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const row = assignments.find(({ id }) => id === edited);

  // Who was taken off is gone from the rows, and with them the form that would have closed its dialog.
  const gone = edited !== null && !row;
  useEffect(() => {
    if (gone) dialog.current?.close();
  }, [gone]);

  if (assignments.length === 0) {
    return (
      <Empty title="Nobody is on this project yet">
        {canEdit && !over ? "Assign students of the batch with the button above." : null}
      </Empty>
    );
  }
  const open = (id: number) => {
    setEdited(id);
    dialog.current?.showModal();
  };
  return (
    <>
      <table aria-label="Students of the project" className="w-full">
        <thead>
          <tr className="border-b">
            <th scope="col" className={head}>
              Student
            </th>
            <th scope="col" className={head}>
              Status
            </th>
            <th scope="col" className={`${head} max-sm:hidden`}>
              Links
            </th>
            <th scope="col" className={`${head} text-right max-sm:hidden`}>
              Offer
            </th>
            {canEdit ? (
              <th scope="col" className="w-0">
                <span className="sr-only">Change</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {assignments.map((each) => (
            <tr key={each.id} className="border-b hover:bg-sunken/60">
              <td className={cell}>
                <Link
                  href={`/admin/students/${each.studentId}`}
                  prefetch={false}
                  className="reach font-medium underline-offset-2 hover:underline"
                >
                  {each.name}
                </Link>
                <Standing row={each} />
                <span className="block sm:hidden">
                  <Links row={each} />
                  {each.offerDate ? <span className="label block">offer {formatDate(each.offerDate)}</span> : null}
                </span>
              </td>
              <td className={cell}>
                <Badge tone={ASSIGNMENT_TONES[each.status]}>{each.status}</Badge>
              </td>
              <td className={`${cell} max-sm:hidden`}>
                <Links row={each} dash />
              </td>
              <td className={`${cell} text-right whitespace-nowrap max-sm:hidden`}>
                {each.offerDate ? formatDate(each.offerDate) : <span className="text-muted">–</span>}
              </td>
              {canEdit ? (
                <td className="text-right">
                  <Button small look="quiet" onClick={() => open(each.id)}>
                    Edit<span className="sr-only"> {each.name}</span>
                  </Button>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
      <dialog
        ref={dialog}
        aria-label={row ? `Edit ${row.name}` : "Edit"}
        className="m-auto max-h-[85dvh] w-[min(30rem,calc(100vw-2rem))] overflow-y-auto rounded-md border bg-raised p-5 text-left text-ink backdrop:bg-black/30"
        onClose={() => setEdited(null)}
      >
        {row ? <EditAssignment key={row.id} row={row} onClose={() => dialog.current?.close()} /> : null}
      </dialog>
    </>
  );
}

/** What of the student's enrolment is not as expected. */
function Standing({ row: { enrolmentStatus, elsewhere } }: { row: AssignmentRow }) {
  const words = elsewhere ? "in another batch" : enrolmentStatus === "active" ? null : enrolmentStatus;
  return words ? <span className="label block">{words}</span> : null;
}

function Links({ row: { name, resumeUrl, linkedinUrl }, dash }: { row: AssignmentRow; dash?: boolean }) {
  const links = [
    ["Resume", resumeUrl],
    ["LinkedIn", linkedinUrl],
  ].filter(([, href]) => href);
  if (links.length === 0) return dash ? <span className="text-muted">–</span> : null;
  return (
    <span className="flex gap-3">
      {links.map(([label, href]) => (
        <a
          key={label}
          href={href ?? ""}
          rel="noreferrer nofollow"
          target="_blank"
          className="reach underline underline-offset-2"
        >
          {label}
          <span className="sr-only"> of {name}</span>
        </a>
      ))}
    </span>
  );
}
