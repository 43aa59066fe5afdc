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
            about you that staff print, and of lists that they download. Staff still see them on your page, and your own
            download keeps them.
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
          All that is stored of you: account, batches, projects, demos, sign-ups with feedback, certificates, goals,
          every day of coding time with its details, sign-ins and changes. Passwords, tokens and what staff noted for
          themselves are not in it.
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
