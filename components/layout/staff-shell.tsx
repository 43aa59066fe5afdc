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
import { type FirstViews, type StaffSection, sectionLink } from "@/lib/staff-sections";
import { Shell, type ShellProps } from "./shell";

const ICONS: Record<StaffSection, LucideIcon> = {
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
};

type Props = Omit<ShellProps, "links"> & { sections: readonly StaffSection[]; views: FirstViews };

/**
 * The frame of staff, which is told its sections by name: which ones there are depends on the person. The lists keep
 * their state in the address and are all within it, so no other page loads what does that.
 */
export function StaffShell({ sections, views, ...props }: Props) {
  return (
    <NuqsAdapter>
      <Shell {...props} links={sections.map((name) => ({ ...sectionLink(name, views), icon: ICONS[name] }))} />
    </NuqsAdapter>
  );
}
