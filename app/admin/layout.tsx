import type { ReactNode } from "react";
import type { NavLink } from "@/components/layout/nav-links";
import { Shell } from "@/components/layout/shell";
import type { Viewer } from "@/db/queries/session";
import { actorOf, getViewer } from "@/lib/auth/current";
import { type Action, can } from "@/lib/auth/permissions";
import { signOutAction } from "../sign-out";

/** `list`: the link opens the view that the person made the first one of that list. */
const LINKS: (NavLink & { list?: string; needs?: Extract<Action, "audit.read" | "settings.change" | "mail.read"> })[] =
  [
    { href: "/admin", label: "Dashboard", icon: "dashboard" },
    { href: "/admin/today", label: "Today", icon: "today" },
    { href: "/admin/students", label: "Students", icon: "students", list: "students" },
    { href: "/admin/batches", label: "Batches", icon: "batches", list: "batches" },
    { href: "/admin/projects", label: "Projects", icon: "projects", list: "projects" },
    { href: "/admin/certificates", label: "Certificates", icon: "certificates", list: "certificates" },
    { href: "/admin/demo-sessions", label: "Demo sessions", icon: "sessions" },
    { href: "/admin/users", label: "Users", icon: "users", list: "users" },
    { href: "/admin/sync", label: "Sync", icon: "sync" },
    { href: "/admin/audit", label: "Audit log", icon: "audit", list: "audit", needs: "audit.read" },
    { href: "/admin/settings", label: "Settings", icon: "settings", needs: "settings.change" },
    { href: "/admin/mail", label: "Mail", icon: "mail", needs: "mail.read" },
  ];

const linksFor = (viewer: Viewer): NavLink[] =>
  LINKS.filter(({ needs }) => !needs || can(actorOf(viewer), needs)).map(({ href, label, icon, list }) => ({
    href: `${href}${(list && viewer.listChoices[list]?.view) ?? ""}`,
    label,
    icon,
  }));

/** Draws the frame only; every page under it asks for staff itself, and knows the path to come back to. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) return children;
  const person = { name: viewer.name, role: viewer.role };
  return (
    <Shell home="/admin" links={linksFor(viewer)} person={person} signOut={signOutAction}>
      {children}
    </Shell>
  );
}
