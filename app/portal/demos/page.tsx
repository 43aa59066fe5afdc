import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { getPortalDemos } from "@/db/queries/portal-demos";
import { requireStudent } from "@/lib/auth/current";
import { formatCount } from "@/lib/format";
import { DemoCard } from "./demo-card";
import { NewDemo } from "./demo-forms";
import { Told } from "./told";

export const metadata: Metadata = { title: "Demos" };

/** What a student has built, and where they show it. */
export default async function PortalDemosPage() {
  const viewer = await requireStudent("/portal/demos");
  const { demos, today } = await getPortalDemos(getDb(), viewer.id, new Date());
  const canChange = !viewer.viewedBy;
  const offered = [...new Set(demos.flatMap(({ technologies }) => technologies))].sort((a, b) => a.localeCompare(b));
  return (
    <div className="max-w-4xl">
      <PageHeader title="Demos">{demos.length > 0 ? `${formatCount(demos.length)} in all` : null}</PageHeader>
      <Told beside={canChange && demos.length > 0 ? <NewDemo id="new" label="Add a demo" offered={offered} /> : null}>
        {demos.length > 0 ? (
          <ul className="grid gap-x-10 md:grid-cols-2">
            {demos.map((demo) => (
              <DemoCard key={demo.id} demo={demo} today={today} offered={offered} canChange={canChange} />
            ))}
          </ul>
        ) : (
          <div className="border-t">
            <Empty title="Nothing here yet">
              <p className="mx-auto mb-4 max-w-prose">
                A demo is something you built: an app, a page, a library. Write it down here, and you can choose it when
                you sign up for a demo session.
              </p>
              {canChange ? <NewDemo id="first" label="Add your first demo" offered={offered} /> : null}
            </Empty>
          </div>
        )}
      </Told>
    </div>
  );
}
