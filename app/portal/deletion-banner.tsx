import Link from "next/link";
import type { Viewer } from "@/db/queries/session";
import { localDate, localTime } from "@/lib/dates";
import { formatDateWithWeekday } from "@/lib/format";
import { KeepAccount } from "./privacy/keep-account";

/** On every page of the portal, as long as the account is to be deleted: when, and the way back. */
export function DeletionBanner({ viewer }: { viewer: Pick<Viewer, "deletionDueAt" | "timeZone" | "viewedBy"> }) {
  if (!viewer.deletionDueAt) return null;
  const due = new Date(viewer.deletionDueAt);
  const zone = viewer.timeZone ?? "UTC";
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
        <Link href="/portal/privacy#deletion" className="reach underline underline-offset-2">
          What is deleted
        </Link>
      </p>
      {viewer.viewedBy ? null : <KeepAccount />}
    </section>
  );
}
