type Section = {
  href: string;
  label: string;
  /** The link opens the view that the person made the first one of this list. */
  list?: string;
  /** A page elsewhere that belongs to this section. */
  also?: string;
};

/** The sections of the admin area, in order, for its navigation and the command menu. Who may open which, lib/auth says. */
export const STAFF_SECTIONS = {
  dashboard: { href: "/admin", label: "Dashboard" },
  today: { href: "/admin/today", label: "Today" },
  warning: { href: "/admin/early-warning", label: "Early warning", list: "early-warning" },
  analytics: { href: "/admin/analytics", label: "Analytics" },
  students: { href: "/admin/students", label: "Students", list: "students" },
  batches: { href: "/admin/batches", label: "Batches", list: "batches" },
  projects: { href: "/admin/projects", label: "Projects", list: "projects" },
  certificates: { href: "/admin/certificates", label: "Certificates", list: "certificates" },
  sessions: { href: "/admin/demo-sessions", label: "Demo sessions", list: "demo-sessions" },
  users: { href: "/admin/users", label: "Users", list: "users", also: "/admin/import" },
  sync: { href: "/admin/sync", label: "Sync" },
  audit: { href: "/admin/audit", label: "Audit log", list: "audit" },
  settings: { href: "/admin/settings", label: "Settings" },
  mail: { href: "/admin/mail", label: "Mail" },
  operations: { href: "/admin/operations", label: "Operations" },
} as const satisfies Record<string, Section>;

export type StaffSection = keyof typeof STAFF_SECTIONS;

/** By list, the view that opens first, as the end of its address. */
export type FirstViews = Partial<Record<string, string>>;

export function sectionLink(name: StaffSection, views: FirstViews): { href: string; label: string; also?: string } {
  const { href, label, list, also }: Section = STAFF_SECTIONS[name];
  return { href: `${href}${(list && views[list]) ?? ""}`, label, ...(also && { also }) };
}
