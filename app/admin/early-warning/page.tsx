import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageHeader } from "@/components/layout/page-header";
import { Definition } from "@/components/ui/definition";
import { getDb } from "@/db/client";
import { getRisk, listRisks } from "@/db/queries/risk-list";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { formatDate } from "@/lib/format";
import { riskList } from "@/lib/lists/risk";
import { lastPage } from "@/lib/table-params";
import { RiskPanel } from "./risk-panel";
import { toRiskRow } from "./risk-row";
import { RiskTable } from "./risk-table";

export const metadata: Metadata = { title: "Early warning" };

/** Who may need somebody, with the facts that say so. */
export default async function EarlyWarningPage({ searchParams }: PageProps<"/admin/early-warning">) {
  const values = await riskList.load(searchParams);
  const viewer = await requireStaff(riskList.href(values));
  const [db, now] = [getDb(), new Date()];
  const [found, open] = await Promise.all([
    listRisks(db, values, viewer),
    values.open ? getRisk(db, values.open) : null,
  ]);
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(riskList.href({ ...values, page: last }));
  return (
    <>
      <PageHeader title="Early warning">
        <span>
          {found.checkedOn ? `checked on ${formatDate(found.checkedOn)}` : "not checked yet"}{" "}
          <Definition id="early-warning" page="early-warning" of="a band">
            Points are given for at most seven facts, each shown with its number and threshold: no coding, less than
            usual, little beside the batch, missed sessions, no demo, goals. What is not known adds nothing. From 2
            points on a student is to be watched, from 4 on somebody should act, unless your academy set it otherwise.
          </Definition>
        </span>
      </PageHeader>
      <RiskTable
        rows={found.rows.map(toRiskRow)}
        total={found.total}
        page={values.page}
        batchName={found.batchName}
        checked={found.checkedOn !== null}
        chosen={viewer.listChoices["early-warning"]?.columns}
        panelTitle={open?.name}
        panel={
          open ? (
            <RiskPanel
              risk={open}
              canAnswer={can(actorOf(viewer), "risk.answer", open)}
              today={found.checkedOn ?? open.since}
              now={now}
            />
          ) : null
        }
      />
    </>
  );
}
