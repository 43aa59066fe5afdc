import type { ReactNode } from "react";
import { StudentShell } from "@/components/layout/student-shell";
import { getViewer } from "@/lib/auth/current";
import { DeletionBanner } from "../deletion-banner";
import { signOutAction } from "../sign-out";

/** Draws the frame only; every page under it asks for a student itself. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const viewer = await getViewer();
  if (!viewer) return children;
  return (
    <StudentShell person={{ name: viewer.name, role: viewer.role }} signOut={signOutAction}>
      <DeletionBanner viewer={viewer} />
      {children}
    </StudentShell>
  );
}
