import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { buttonClass } from "@/components/ui/button";
import { PrintButton } from "@/components/ui/print-button";
import { getDb } from "@/db/client";
import { getRunningSession } from "@/db/queries/demo-session-page";
import { requireStaff } from "@/lib/auth/current";
import { parseAsId } from "@/lib/table-params";

import { Sheet } from "./sheet";

export const metadata: Metadata = { title: "Running sheet" };

/** The running order on paper, without the frame of the admin area. */
export default async function SheetPage({ params }: PageProps<"/admin/demo-sessions/[sessionId]/sheet">) {
  const id = parseAsId.parse((await params).sessionId) ?? notFound();
  const path = `/admin/demo-sessions/${id}`;
  await requireStaff(`${path}/sheet`);
  const now = new Date();
  const session = await getRunningSession(getDb(), id, now);
  if (!session) notFound();
  return (
    <div data-paper className="min-h-dvh bg-sunken text-ink print:min-h-0 print:bg-transparent">
      <style href="report-paper" precedence="default">
        {"@page { size: A4; margin: 12mm 16mm; }"}
      </style>
      <nav aria-label="Running sheet" className="mx-auto flex max-w-[210mm] items-center gap-2 px-4 py-3 print:hidden">
        <Link href={path} className={`${buttonClass({ small: true })} mr-auto`}>
          Back to the session
        </Link>
        <PrintButton />
      </nav>
      <Sheet session={session} now={now} />
    </div>
  );
}
