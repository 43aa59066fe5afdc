import type { Metadata } from "next";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { Panel } from "@/components/ui/panel";
import { getDb } from "@/db/client";
import { getIssuePage } from "@/db/queries/certificate-students";
import { requireStaff } from "@/lib/auth/current";
import { issueSchema } from "../certificate-input";
import { IssueForm } from "./issue-form";
import { IssuePreview } from "./issue-preview";

export const metadata: Metadata = { title: "Issue certificates" };

const PATH = "/admin/certificates/issue";

/** The certificate stands in the address, so that the preview of who gets one can be looked at, shared and gone back to. */
export default async function IssuePage({ searchParams }: PageProps<"/admin/certificates/issue">) {
  const params = await searchParams;
  const viewer = await requireStaff(PATH);
  const asked = issueSchema.safeParse(params);
  const issue = asked.success ? asked.data : null;
  const { batches, graduates, today } = await getIssuePage(getDb(), viewer, issue, new Date());
  const batch = issue && batches.find(({ id }) => id === issue.batchId);
  return (
    <>
      <BackLink href="/admin/certificates">All certificates</BackLink>
      <PageHeader title="Issue certificates">To the graduates of a batch, each with a public page.</PageHeader>
      {batches.length === 0 ? (
        <Empty title="Nobody has graduated yet">
          Certificates go to students whose enrolment ended as graduated, in your batches or as an admin in any.
        </Empty>
      ) : (
        <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
          <IssueForm batches={batches} today={today} values={params} tried={"batchId" in params && !asked.success} />
          {issue && batch ? (
            <Panel title={`${issue.name} · ${batch.name}`}>
              <IssuePreview key={JSON.stringify(issue)} issue={issue} graduates={graduates} />
            </Panel>
          ) : null}
        </div>
      )}
    </>
  );
}
