"use client";

import {
  Activity,
  Award,
  CalendarDays,
  ChartNoAxesColumn,
  FolderKanban,
  GraduationCap,
  LayoutDashboard,
  type LucideIcon,
  Mail,
  RefreshCw,
  ScrollText,
  Settings,
  Sun,
  TriangleAlert,
  UserCog,
  Users,
} from "lucide-react";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { NavLink } from "./nav-links";
import { Shell, type ShellProps } from "./shell";

const ICONS = {
  dashboard: LayoutDashboard,
  today: Sun,
  warning: TriangleAlert,
  analytics: ChartNoAxesColumn,
  students: Users,
  users: UserCog,
  batches: GraduationCap,
  projects: FolderKanban,
  certificates: Award,
  audit: ScrollText,
  settings: Settings,
  sessions: CalendarDays,
  sync: RefreshCw,
  mail: Mail,
  operations: Activity,
} satisfies Record<string, LucideIcon>;

type StaffLink = Omit<NavLink, "icon"> & { icon: keyof typeof ICONS };
type Props = Omit<ShellProps, "links"> & { links: readonly StaffLink[] };

/**
 * The frame of staff, which is told its links by name: which ones there are depends on the person. The lists keep their
 * state in the address and are all within it, so no other page loads what does that.
 */
export function StaffShell({ links, ...props }: Props) {
  return (
    <NuqsAdapter>
      <Shell {...props} links={links.map(({ icon, ...link }) => ({ ...link, icon: ICONS[icon] }))} />
    </NuqsAdapter>
  );
}
