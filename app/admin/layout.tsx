import type { ReactNode } from "react";
import { CommandMenu } from "@/components/layout/command-menu";
import { StaffShell } from "@/components/layout/staff-shell";
import { getViewer } from "@/lib/auth/current";
import { landingFor } from "@/lib/auth/landing";
import { firstViews, staffSections } from "@/lib/auth/staff-pages";
import { signOutAction } from "../sign-out";

/** Draws the frame only; every page under it asks for staff itself, and knows the path to come back to. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) return children;
  return (
    <StaffShell
      home={landingFor(viewer.role)}
      sections={staffSections(viewer)}
      views={firstViews(viewer)}
      person={{ name: viewer.name, role: viewer.role }}
      signOut={signOutAction}
      commands={<CommandMenu signOut={signOutAction} />}
    >
      {children}
    </StaffShell>
  );
}
