"use client";

import { AssignmentFields } from "@/components/project/assignment-fields";
import { FormDialog } from "@/components/ui/form-dialog";
import { SeenField } from "@/components/ui/seen-field";
import { ToldLine, useTold } from "@/components/ui/told-line";
import type { OwnAssignment } from "@/db/queries/portal-project";
import { editOwnAssignmentAction } from "./actions";

type Props = {
  assignment: Pick<OwnAssignment, "id" | "version" | "resumeUrl" | "linkedinUrl" | "offerDate">;
  project: string;
};

/** The student's own part of a project; how they stand on it staff decide. */
export function OwnFactsForm({ assignment, project }: Props) {
  const [told, tell] = useTold();
  const { resumeUrl, linkedinUrl, offerDate } = assignment;
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-3">
      <FormDialog
        trigger={
          <>
            Edit links and offer<span className="sr-only"> for {project}</span>
          </>
        }
        title={`Links and offer: ${project}`}
        action={editOwnAssignmentAction}
        submit="Save"
        version={assignment.version}
        onDone={() => tell("Saved.")}
      >
        {(errors) => (
          <>
            <input type="hidden" name="assignmentId" value={assignment.id} />
            <SeenField values={{ resumeUrl, linkedinUrl, offerDate }} />
            <AssignmentFields errors={errors} values={assignment} of={`assignment-${assignment.id}`} />
          </>
        )}
      </FormDialog>
      <ToldLine told={told} />
    </div>
  );
}
