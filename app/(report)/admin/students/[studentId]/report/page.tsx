import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { createLoader, createSerializer, parseAsNumberLiteral } from "nuqs/server";
import { freshnessOf } from "@/components/coding/freshness-words";
import { buttonClass } from "@/components/ui/button";
import { PrintButton } from "@/components/ui/print-button";
import { getDb } from "@/db/client";
import { getStudentPage } from "@/db/queries/student-page";
import { requireStaff } from "@/lib/auth/current";
import { LARGEST_ID } from "@/lib/table-params";
import { Report } from "./report";

export const metadata: Metadata = { title: "Report" };

const PERIODS_WEEKS = [4, 8, 12, 16] as const;
const reportParams = { weeks: parseAsNumberLiteral(PERIODS_WEEKS).withDefault(12) };
const loadReportParams = createLoader(reportParams);
const hrefOf = createSerializer(reportParams);

const idOf = (value: string) =>
  /^[1-9]\d{0,9}$/.test(value) && Number(value) <= LARGEST_ID ? Number(value) : notFound();

/** One page of paper about a student, without the frame of the admin area. It shows nothing that is private. */
export default async function ReportPage({ params, searchParams }: PageProps<"/admin/students/[studentId]/report">) {
  const id = idOf((await params).studentId);
  const { weeks } = await loadReportParams(searchParams);
  const path = `/admin/students/${id}/report`;
  const viewer = await requireStaff(hrefOf(path, { weeks }));
  const now = new Date();
  const student = await getStudentPage(getDb(), id, { weeks }, viewer, now);
  if (!student) notFound();
  const { connection, status } = student;
  const freshness = freshnessOf(
    {
      status: connection?.status ?? null,
      lastSyncedAt: connection?.lastSyncedAt ?? null,
      brokenAt: connection?.brokenAt ?? null,
      enrolmentStatus: status,
    },
    now,
  );
  return (
    <div data-paper className="min-h-dvh bg-sunken text-ink print:min-h-0 print:bg-transparent">
      <style href="report-paper" precedence="default">
        {"@page { size: A4; margin: 12mm 16mm; }"}
      </style>
      <nav
        aria-label="Report"
        className="mx-auto flex max-w-[210mm] flex-wrap items-center gap-2 px-4 py-3 print:hidden"
      >
        <Link href={`/admin/students/${id}`} className={buttonClass({ small: true })}>
          Back to {student.name}
        </Link>
        <span className="ml-auto flex gap-1">
          {PERIODS_WEEKS.map((each) => (
            <Link
              key={each}
              href={hrefOf(path, { weeks: each })}
              aria-current={each === weeks ? "true" : undefined}
              className={buttonClass({ look: each === weeks ? "plain" : "quiet", small: true })}
            >
              {each} weeks
            </Link>
          ))}
        </span>
        <PrintButton />
      </nav>
      <Report student={student} weeks={weeks} freshness={freshness} now={now} />
    </div>
  );
}
