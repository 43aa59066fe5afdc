import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { changePreferenceAction } from "@/app/notification-actions";
import { PageHeader } from "@/components/layout/page-header";
import { PreferenceList } from "@/components/notifications/preference-list";
import { getDb } from "@/db/client";
import { getPreferences } from "@/db/queries/notification-preferences";
import { requireStudent } from "@/lib/auth/current";
import { NOT_IN_SLACK } from "@/lib/notify/direct-fault";
import { preferenceRows } from "@/lib/notify/preference-rows";

export const metadata: Metadata = { title: "Notifications" };

/** What the student is told, and by which way. */
export default async function NotificationsPage() {
  const viewer = await requireStudent("/portal/notifications");
  const preferences = await getPreferences(getDb(), viewer.id);
  if (!preferences) redirect("/login");
  return (
    <div className="max-w-3xl">
      <PageHeader title="Notifications" />
      <PreferenceList
        rows={preferenceRows(viewer.role, preferences)}
        email={preferences.email}
        notInSlack={preferences.lastDirectReason === NOT_IN_SLACK}
        profile={
          <Link href="/portal/profile" className="reach underline underline-offset-2">
            change it
          </Link>
        }
        action={changePreferenceAction}
      />
    </div>
  );
}
