import type { ReactNode } from "react";
import { Shell } from "@/components/layout/shell";
import { getViewer } from "@/lib/auth/current";
import { signOutAction } from "../sign-out";

const LINKS = [
  { href: "/portal", label: "Overview", icon: "dashboard" },
  { href: "/portal/demo-sessions", label: "Demo sessions", icon: "sessions" },
  { href: "/portal/wakatime", label: "WakaTime", icon: "connection" },
] as const;

/** Draws the frame only; every page under it asks for a student itself. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) return children;
  return (
    <Shell home="/portal" links={LINKS} person={{ name: viewer.name, role: viewer.role }} signOut={signOutAction}>
      {children}
    </Shell>
  );
}
