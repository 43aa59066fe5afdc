import type { Viewer } from "@/db/queries/session";
import { actorOf } from "./actor";
import { type Action, can } from "./permissions";

/** Questions that have no subject: what somebody may do at all. */
export type StaffRight = Extract<
  Action,
  "audit.read" | "settings.change" | "mail.read" | "user.import" | "batch.create" | "sync.back-fill" | "operations.read"
>;

type StaffPage<Icon extends string> = {
  href: string;
  label: string;
  icon: Icon;
  /** The link opens the view that the person made the first one of this list. */
  list?: string;
  /** A page elsewhere that belongs to this section. */
  also?: string;
  needs?: StaffRight;
};

type StaffAction = { href: string; label: string; needs?: StaffRight };

/** The sections of the admin area, for its navigation and the command menu. */
const PAGES = [
  { href: "/admin", label: "Dashboard", icon: "dashboard" },
  { href: "/admin/today", label: "Today", icon: "today" },
  { href: "/admin/early-warning", label: "Early warning", icon: "warning", list: "early-warning" },
  { href: "/admin/analytics", label: "Analytics", icon: "analytics" },
  { href: "/admin/students", label: "Students", icon: "students", list: "students" },
  { href: "/admin/batches", label: "Batches", icon: "batches", list: "batches" },
  { href: "/admin/projects", label: "Projects", icon: "projects", list: "projects" },
  { href: "/admin/certificates", label: "Certificates", icon: "certificates", list: "certificates" },
  { href: "/admin/demo-sessions", label: "Demo sessions", icon: "sessions", list: "demo-sessions" },
  { href: "/admin/users", label: "Users", icon: "users", list: "users", also: "/admin/import" },
  { href: "/admin/sync", label: "Sync", icon: "sync" },
  { href: "/admin/audit", label: "Audit log", icon: "audit", list: "audit", needs: "audit.read" },
  { href: "/admin/settings", label: "Settings", icon: "settings", needs: "settings.change" },
  { href: "/admin/mail", label: "Mail", icon: "mail", needs: "mail.read" },
  { href: "/admin/operations", label: "Operations", icon: "operations", needs: "operations.read" },
] as const satisfies StaffPage<string>[];

/** What one can set out to do from anywhere: where that begins. */
const ACTIONS: StaffAction[] = [
  { href: "/admin/sync", label: "Sync coding time now" },
  { href: "/admin/batches/new", label: "Create a batch", needs: "batch.create" },
  { href: "/admin/projects/new", label: "Create a project" },
  { href: "/admin/demo-sessions/new", label: "Create a demo session" },
  { href: "/admin/import", label: "Import people from a file", needs: "user.import" },
  { href: "/admin/settings#holidays", label: "Add a holiday", needs: "settings.change" },
  { href: "/account", label: "Change your password" },
];

const allowed = (viewer: Viewer, { needs }: { needs?: StaffRight }) => !needs || can(actorOf(viewer), needs);

type Icon = (typeof PAGES)[number]["icon"];

/** The sections that this person may open. */
export const staffPages = (viewer: Viewer): { href: string; label: string; icon: Icon; also?: string }[] =>
  (PAGES as readonly StaffPage<Icon>[])
    .filter((page) => allowed(viewer, page))
    .map(({ href, list, label, icon, also }) => ({
      ...{ label, icon, ...(also && { also }) },
      href: `${href}${(list && viewer.listChoices[list]?.view) ?? ""}`,
    }));

/** What this person may set out to do. */
export const staffActions = (viewer: Viewer): { href: string; label: string }[] =>
  ACTIONS.filter((action) => allowed(viewer, action)).map(({ href, label }) => ({ href, label }));
