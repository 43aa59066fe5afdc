import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { DELETION_GRACE_DAYS } from "@/db/queries/account-deletion";
import { getPortalPrivacy } from "@/db/queries/portal-privacy";
import { requireStudent } from "@/lib/auth/current";
import { Deletion } from "./deletion";
import { ProjectNamesForm } from "./project-names-form";
import { WhoSees } from "./who-sees";

export const metadata: Metadata = { title: "Privacy" };

/** What others see of a student, their data to take along, and the way out. */
export default async function PrivacyPage() {
  const viewer = await requireStudent("/portal/privacy");
  const found = await getPortalPrivacy(getDb(), viewer.id, new Date());
  const lookingOnly = viewer.viewedBy !== null;
  return (
    <div className="max-w-3xl">
      <PageHeader title="Privacy">Who sees what of you, and what you can do about it.</PageHeader>
      <Panel title="Who sees what">
        <WhoSees />
      </Panel>
      <Panel title="Names of coding projects" className="mt-8">
        <div className="grid max-w-md gap-3 text-sm">
          <p className="text-muted">
            Other students are never shown what you code on. When you hide the names, they are also left out of reports
            about you that staff print, of lists that they download, and of early warning. Staff still see them on
            screen, on your page and in analytics, and your own download keeps them.
          </p>
          {lookingOnly ? (
            <p>{found.hidesProjectNames ? "The names are hidden." : "The names are not hidden."}</p>
          ) : (
            <ProjectNamesForm hidden={found.hidesProjectNames} />
          )}
        </div>
      </Panel>
      <Panel title="My data" className="mt-8">
        <p className="mb-3 max-w-prose text-sm text-muted">
          What is stored of you: account, batches, projects, demos, sign-ups with feedback, certificates, goals, how you
          stood in early warning, every day of coding time with its details, sign-ins, messages and changes. Left out
          are passwords and tokens, what staff wrote for themselves (notes, and answers to early warnings), and how each
          sync went.
        </p>
        {lookingOnly ? (
          <p className="text-sm">Only {viewer.name} downloads this.</p>
        ) : (
          <div className="flex flex-wrap gap-2">
            {/* Routes, not pages: the router must neither prefetch nor render them. */}
            <a href="/api/students/me/export?format=json" download className={buttonClass()}>
              Download as JSON
            </a>
            <a href="/api/students/me/export?format=csv" download className={buttonClass()}>
              Download as CSV files (zip)
            </a>
          </div>
        )}
      </Panel>
      <Deletion found={found} graceDays={DELETION_GRACE_DAYS} lookingOnly={lookingOnly} />
    </div>
  );
}
