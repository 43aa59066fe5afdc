import type { Viewer } from "@/db/queries/session";
import { type FirstViews, STAFF_SECTIONS, type StaffSection, sectionLink } from "@/lib/staff-sections";
import { actorOf } from "./actor";
import { type Action, can } from "./permissions";

/** Questions that have no subject: what somebody may do at all. */
export type StaffRight = Extract<
  Action,
  "audit.read" | "settings.change" | "mail.read" | "user.import" | "batch.create" | "sync.back-fill" | "operations.read"
>;

type StaffAction = { href: string; label: string; needs?: StaffRight };

/** Sections that not all staff may open. */
const NEEDS: Partial<Record<StaffSection, StaffRight>> = {
  audit: "audit.read",
  settings: "settings.change",
  mail: "mail.read",
  operations: "operations.read",
};

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

const allowed = (viewer: Viewer, needs: StaffRight | undefined) => !needs || can(actorOf(viewer), needs);

/** The sections that this person may open. */
export const staffSections = (viewer: Viewer): StaffSection[] =>
  (Object.keys(STAFF_SECTIONS) as StaffSection[]).filter((name) => allowed(viewer, NEEDS[name]));

/** The views that this person made the first ones of their lists. */
export const firstViews = ({ listChoices }: Viewer): FirstViews =>
  Object.fromEntries(Object.entries(listChoices).flatMap(([list, { view }]) => (view ? [[list, view]] : [])));

/** The sections that this person may open, as links. */
export function staffPages(viewer: Viewer): { href: string; label: string }[] {
  const views = firstViews(viewer);
  return staffSections(viewer).map((name) => sectionLink(name, views));
}

/** What this person may set out to do. */
export const staffActions = (viewer: Viewer): { href: string; label: string }[] =>
  ACTIONS.filter(({ needs }) => allowed(viewer, needs)).map(({ href, label }) => ({ href, label }));
