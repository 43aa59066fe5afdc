import type { ReactNode } from "react";
import { Shell } from "@/components/layout/shell";
import { getViewer } from "@/lib/auth/current";
import { DeletionBanner } from "../deletion-banner";
import { signOutAction } from "../sign-out";

const LINKS = [
  { href: "/portal", label: "Overview", icon: "dashboard" },
  { href: "/portal/demo-sessions", label: "Demo sessions", icon: "sessions" },
  { href: "/portal/demos", label: "Demos", icon: "demos" },
  { href: "/portal/project", label: "Project", icon: "projects" },
  { href: "/portal/certificates", label: "Certificates", icon: "certificates" },
  { href: "/portal/goals", label: "Goals", icon: "goals" },
  { href: "/portal/wakatime", label: "WakaTime", icon: "connection" },
  { href: "/portal/profile", label: "Profile", icon: "profile", begins: true },
  { href: "/portal/notifications", label: "Notifications", icon: "notifications" },
  { href: "/portal/privacy", label: "Privacy", icon: "privacy" },
] as const;

/** Draws the frame only; every page under it asks for a student itself. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) return children;
  return (
    <Shell home="/portal" links={LINKS} person={{ name: viewer.name, role: viewer.role }} signOut={signOutAction}>
      <DeletionBanner viewer={viewer} />
      {children}
    </Shell>
  );
}
