import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { getOperations } from "@/db/queries/operations";
import { requireStaff } from "@/lib/auth/current";
import { jobsBackend } from "@/lib/jobs/backend";
import { askFront } from "@/lib/observability/front-state";
import { instanceReport, knownStatements } from "@/lib/observability/report";
import { DatabaseFacts } from "./database-facts";
import { formatSpan } from "./format";
import { Head } from "./head";
import { Jobs } from "./jobs";
import { Processes } from "./processes";
import { Routes } from "./routes";
import { Statements } from "./statements";

export const metadata: Metadata = { title: "Operations" };

/** How this instance runs: what its processes have counted since they began, and what the database knows. */
export default async function OperationsPage() {
  await requireStaff("/admin/operations", "operations.read");
  const [operations, report, front, statements] = await Promise.all([
    getOperations(getDb()),
    instanceReport(),
    askFront(),
    knownStatements(),
  ]);
  const now = new Date();
  const longest = report.processes.reduce((most, { process }) => Math.max(most, process.uptimeSeconds), 0);
  return (
    <>
      <PageHeader title="Operations">of this instance, for {formatSpan(longest)}</PageHeader>
      <Head report={report} front={front} />
      <div className="grid gap-10">
        <Routes requests={report.requests} />
        <Statements statements={statements} />
        <Jobs jobs={operations.jobs} backend={jobsBackend()} now={now} />
        <Processes processes={report.processes} front={front} />
        <DatabaseFacts operations={operations} cache={report.cache} now={now} />
      </div>
    </>
  );
}
