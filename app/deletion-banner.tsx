import Link from "next/link";
import { KeepAccount } from "@/components/account/keep-account";
import type { Viewer } from "@/db/queries/session";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { localDate, localTime } from "@/lib/dates";
import { formatDateWithWeekday } from "@/lib/format";
import { cancelDeletionAction } from "./deletion-actions";

type Props = { viewer: Pick<Viewer, "id" | "role" | "deletionDueAt" | "deletionZone" | "viewedBy"> };

/**
 * On every page of the portal, and on those of people who are no students any more, as long as the account is to be
 * deleted: when, and the way back. Staff have none: an account of theirs is kept.
 */
export function DeletionBanner({ viewer }: Props) {
  const { deletionDueAt, deletionZone: zone } = viewer;
  const actor = actorOf(viewer);
  if (!deletionDueAt || !zone || can(actor, "staff-area.enter")) return null;
  const due = new Date(deletionDueAt);
  const isStudent = can(actor, "portal.enter");
  return (
    <section
      aria-label="Deletion of your account"
      className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-l-2 border-bad py-1 pl-3 text-sm print:hidden"
    >
      <p className="min-w-0">
        <strong className="font-medium text-bad">
          This account is deleted on{" "}
          <time dateTime={due.toISOString()}>
            {formatDateWithWeekday(localDate(due, zone))}, {localTime(due, zone)}
          </time>{" "}
          ({zone}).
        </strong>{" "}
        Until then it can be kept.{" "}
        {isStudent ? (
          <Link href="/portal/privacy#deletion" className="reach underline underline-offset-2">
            What is deleted
          </Link>
        ) : (
          // A route, not a page. They have no page of privacy, and may take their data along like a student.
          <a href="/api/students/me/export?format=json" download className="reach underline underline-offset-2">
            Download your data
          </a>
        )}
      </p>
      {viewer.viewedBy ? null : <KeepAccount action={cancelDeletionAction} />}
    </section>
  );
}
