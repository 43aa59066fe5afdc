"use client";

import {
  Award,
  Bell,
  CalendarDays,
  CircleUser,
  FolderKanban,
  LayoutDashboard,
  MonitorPlay,
  Plug,
  ShieldCheck,
  Target,
} from "lucide-react";
import type { NavLink } from "./nav-links";
import { Shell, type ShellProps } from "./shell";

const LINKS: readonly NavLink[] = [
  { href: "/portal", label: "Overview", icon: LayoutDashboard },
  { href: "/portal/demo-sessions", label: "Demo sessions", icon: CalendarDays },
  { href: "/portal/demos", label: "Demos", icon: MonitorPlay },
  { href: "/portal/project", label: "Project", icon: FolderKanban },
  { href: "/portal/certificates", label: "Certificates", icon: Award },
  { href: "/portal/goals", label: "Goals", icon: Target },
  { href: "/portal/wakatime", label: "WakaTime", icon: Plug },
  { href: "/portal/profile", label: "Profile", icon: CircleUser, begins: true },
  { href: "/portal/notifications", label: "Notifications", icon: Bell },
  { href: "/portal/privacy", label: "Privacy", icon: ShieldCheck },
];

/** The frame of students: the same links for everybody, so they come with the script and not with each page. */
export function StudentShell(props: Omit<ShellProps, "home" | "links" | "commands">) {
  return <Shell {...props} home="/portal" links={LINKS} />;
}
