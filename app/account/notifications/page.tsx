import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { OwnPreferences } from "@/app/own-preferences";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { requireViewer } from "@/lib/auth/current";

export const metadata: Metadata = { title: "Notifications" };

/** For everybody but students, who have theirs in the frame of their portal. */
export default async function AccountNotificationsPage() {
  const viewer = await requireViewer("/account/notifications");
  if (viewer.role === "student") redirect("/portal/notifications");
  return (
    <main className="mx-auto w-full max-w-3xl px-4 py-6 sm:px-6 lg:py-8">
      <BackLink href="/account">Your account</BackLink>
      <PageHeader title="Notifications" />
      <OwnPreferences viewer={viewer} profile="/account" />
    </main>
  );
}
