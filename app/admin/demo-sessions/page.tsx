import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { createSerializer } from "nuqs/server";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { listDemoSessions } from "@/db/queries/demo-session-list";
import { requireStaff } from "@/lib/auth/current";
import { lastPage } from "@/lib/table-params";
import { toDemoSessionRow } from "./demo-session-row";
import { DemoSessionsTable } from "./demo-sessions-table";
import { demoSessionParams, loadDemoSessionParams } from "./search-params";

export const metadata: Metadata = { title: "Demo sessions" };

const hrefOf = createSerializer(demoSessionParams);

export default async function DemoSessionsPage({ searchParams }: PageProps<"/admin/demo-sessions">) {
  const params = await loadDemoSessionParams(searchParams);
  await requireStaff(hrefOf("/admin/demo-sessions", params));
  const { q, period, sort, page, size } = params;
  const found = await listDemoSessions(
    getDb(),
    { q, period, page, pageSize: size, sort: sort.key, descending: sort.descending },
    new Date(),
  );
  const last = lastPage(found.total, size);
  if (page > last) redirect(hrefOf("/admin/demo-sessions", { ...params, page: last }));
  return (
    <>
      <PageHeader title="Demo sessions" />
      <DemoSessionsTable rows={found.rows.map(toDemoSessionRow)} total={found.total} page={page} />
    </>
  );
}
