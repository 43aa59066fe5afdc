import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { changePreferenceAction } from "@/app/notification-actions";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { PreferenceList } from "@/components/notifications/preference-list";
import { getDb } from "@/db/client";
import { getPreferences } from "@/db/queries/notification-preferences";
import { requireViewer } from "@/lib/auth/current";
import { NOT_IN_SLACK } from "@/lib/notify/direct-fault";
import { preferenceRows } from "@/lib/notify/preference-rows";

export const metadata: Metadata = { title: "Notifications" };

/** For everybody but students, who have theirs in the frame of their portal. */
export default async function AccountNotificationsPage() {
  const viewer = await requireViewer("/account/notifications");
  if (viewer.role === "student") redirect("/portal/notifications");
  const preferences = await getPreferences(getDb(), viewer.id);
  if (!preferences) redirect("/login");
  return (
    <main className="mx-auto w-full max-w-3xl px-4 py-6 sm:px-6 lg:py-8">
      <BackLink href="/account">Your account</BackLink>
      <PageHeader title="Notifications" />
      <PreferenceList
        rows={preferenceRows(viewer.role, preferences)}
        email={preferences.email}
        notInSlack={preferences.lastDirectReason === NOT_IN_SLACK}
        profile={
          <Link href="/account" className="reach underline underline-offset-2">
            change it
          </Link>
        }
        action={changePreferenceAction}
      />
    </main>
  );
}
