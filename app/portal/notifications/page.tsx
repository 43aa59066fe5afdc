import type { Metadata } from "next";
import { OwnPreferences } from "@/app/own-preferences";
import { PageHeader } from "@/components/layout/page-header";
import { requireStudent } from "@/lib/auth/current";

export const metadata: Metadata = { title: "Notifications" };

export default async function NotificationsPage() {
  const viewer = await requireStudent("/portal/notifications");
  return (
    <div className="max-w-3xl">
      <PageHeader title="Notifications" />
      <OwnPreferences viewer={viewer} profile="/portal/profile" />
    </div>
  );
}
