import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { getDemoSessionFacts } from "@/db/queries/demo-session-panel";
import { requireStaff } from "@/lib/auth/current";
import { readDemoSessions } from "@/lib/cache/reads";
import { demoSessionsList } from "@/lib/lists/demo-sessions";
import { lastPage } from "@/lib/table-params";
import { toDemoSessionRow } from "./demo-session-row";
import { DemoSessionsTable } from "./demo-sessions-table";
import { SessionPanel } from "./session-panel";

export const metadata: Metadata = { title: "Demo sessions" };

const LINKS = [
  ["/admin/demo-sessions/rule", "Weekly rule"],
  ["/admin/demo-sessions/bulk", "Create several"],
  ["/admin/demo-sessions/new", "New session"],
] as const;

export default async function DemoSessionsPage({ searchParams }: PageProps<"/admin/demo-sessions">) {
  const values = await demoSessionsList.load(searchParams);
  const viewer = await requireStaff(demoSessionsList.href(values));
  const [db, now] = [getDb(), new Date()];
  const [found, open] = await Promise.all([
    readDemoSessions(db, values, { viewer, now }),
    values.open ? getDemoSessionFacts(db, values.open, now) : null,
  ]);
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(demoSessionsList.href({ ...values, page: last }));
  const zone = viewer.timeZone ?? found.academyZone;
  return (
    <>
      <PageHeader title="Demo sessions">
        <span className="flex flex-wrap gap-2">
          {LINKS.map(([href, label]) => (
            <Link key={href} href={href} className={buttonClass({ small: true })}>
              {label}
            </Link>
          ))}
        </span>
      </PageHeader>
      <DemoSessionsTable
        rows={found.rows.map((row) => toDemoSessionRow(row, zone))}
        total={found.total}
        page={values.page}
        batchName={found.batchName}
        chosen={viewer.listChoices["demo-sessions"]?.columns}
        panel={
          open ? (
            <SessionPanel key={open.id} session={open} viewerZone={zone} />
          ) : values.open ? (
            <Empty title="There is no such demo session" />
          ) : null
        }
        panelTitle={open?.title ?? "None"}
      />
    </>
  );
}
