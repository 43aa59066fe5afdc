import { redirect } from "next/navigation";
import { requireViewer } from "@/lib/auth/current";

/** For links in mails and messages, which cannot know what their reader is by then. */
export default async function NotificationsFor() {
  const { role } = await requireViewer("/notifications");
  redirect(role === "student" ? "/portal/notifications" : "/account/notifications");
}
