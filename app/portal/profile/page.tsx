import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { accountActions, toldOf } from "@/app/account-forms";
import { AccountPanels } from "@/components/account/account-panels";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { getOwnAccount } from "@/db/queries/own-account";
import { requireStudent } from "@/lib/auth/current";
import { SESSION_IDLE_DAYS } from "@/lib/auth/session-token";

export const metadata: Metadata = { title: "Profile" };

/** Who a student is here, how they sign in, and where they are signed in. */
export default async function ProfilePage({ searchParams }: PageProps<"/portal/profile">) {
  const viewer = await requireStudent("/portal/profile");
  const now = new Date();
  const sessionId = viewer.viewedBy ? null : viewer.sessionId;
  const account = await getOwnAccount(getDb(), { userId: viewer.id, sessionId }, now);
  if (!account) redirect("/login");
  return (
    <div className="max-w-4xl">
      <PageHeader title="Profile">{account.name}</PageHeader>
      <AccountPanels
        account={account}
        actions={accountActions}
        now={now}
        idleDays={SESSION_IDLE_DAYS}
        isLookedAt={viewer.viewedBy !== null}
        message={toldOf((await searchParams).done)}
      />
    </div>
  );
}
