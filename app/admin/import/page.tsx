import type { Metadata } from "next";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { getImportHome } from "@/db/queries/invitation";
import { requireStaff } from "@/lib/auth/current";
import { ImportDesk } from "./import-desk";
import { InvitePanel } from "./invite-panel";

export const metadata: Metadata = { title: "Import people" };

const SHOWN_INVITATIONS = 20;

export default async function ImportPage() {
  await requireStaff("/admin/import", "user.import");
  const { batches, invitations } = await getImportHome(getDb(), SHOWN_INVITATIONS);
  return (
    <>
      <BackLink href="/admin/users">Users</BackLink>
      <PageHeader title="Import people" />
      <div className="grid grid-cols-1 gap-10">
        <ImportDesk batches={batches} />
        <InvitePanel batches={batches} invitations={invitations} now={new Date()} />
      </div>
    </>
  );
}
