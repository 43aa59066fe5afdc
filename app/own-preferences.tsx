import Link from "next/link";
import { redirect } from "next/navigation";
import { PreferenceList } from "@/components/notifications/preference-list";
import { getDb } from "@/db/client";
import { getPreferences } from "@/db/queries/notification-preferences";
import type { Viewer } from "@/db/queries/session";
import { NOT_IN_SLACK } from "@/lib/notify/direct-fault";
import { preferenceRows } from "@/lib/notify/preference-rows";
import { changePreferenceAction } from "./notification-actions";

/** What the viewer is told, and by which way. `profile` is where their address is changed. */
export async function OwnPreferences({ viewer, profile }: { viewer: Viewer; profile: string }) {
  const preferences = await getPreferences(getDb(), viewer.id);
  if (!preferences) redirect("/login");
  return (
    <PreferenceList
      rows={preferenceRows(viewer.role, preferences)}
      email={preferences.email}
      notInSlack={preferences.lastDirectReason === NOT_IN_SLACK}
      profile={
        <Link href={profile} className="reach underline underline-offset-2">
          change it
        </Link>
      }
      action={changePreferenceAction}
    />
  );
}
