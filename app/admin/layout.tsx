import type { ReactNode } from "react";
import { Shell } from "@/components/layout/shell";
import { actorOf, getViewer } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { signOutAction } from "../sign-out";

const LINKS = [
  { href: "/admin", label: "Dashboard", icon: "dashboard" },
  { href: "/admin/users", label: "Users", icon: "users" },
  { href: "/admin/demo-sessions", label: "Demo sessions", icon: "sessions" },
  { href: "/admin/sync", label: "Sync", icon: "sync" },
] as const;

const MAIL = { href: "/admin/mail", label: "Mail", icon: "mail" } as const;

/** Draws the frame only; every page under it asks for staff itself, and knows the path to come back to. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) return children;
  const links = can(actorOf(viewer), "mail.read") ? [...LINKS, MAIL] : LINKS;
  return (
    <Shell home="/admin" links={links} person={{ name: viewer.name, role: viewer.role }} signOut={signOutAction}>
      {children}
    </Shell>
  );
}
