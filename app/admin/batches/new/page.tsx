import type { Metadata } from "next";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { getBatchDefaults } from "@/db/queries/batch-options";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { addDays } from "@/lib/dates";
import { NewBatchForm } from "./new-batch-form";

export const metadata: Metadata = { title: "New batch" };

/** Batches of twelve weeks are the usual. */
const USUAL_DAYS = 12 * 7;

export default async function NewBatchPage() {
  const viewer = await requireStaff("/admin/batches/new");
  const allowed = can(actorOf(viewer), "batch.create");
  const defaults = allowed ? await getBatchDefaults(getDb()) : null;
  return (
    <>
      <BackLink href="/admin/batches">All batches</BackLink>
      <PageHeader title="New batch" />
      {defaults ? (
        <NewBatchForm
          values={{
            timeZone: defaults.timeZone,
            startDate: defaults.today,
            endDate: addDays(defaults.today, USUAL_DAYS - 1),
          }}
        />
      ) : (
        <Empty title="Only admins create batches">Ask an admin of your academy for a new one.</Empty>
      )}
    </>
  );
}
