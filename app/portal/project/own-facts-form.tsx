"use client";

import { useState } from "react";
import { AssignmentFields } from "@/components/project/assignment-fields";
import { FormDialog } from "@/components/ui/form-dialog";
import type { OwnAssignment } from "@/db/queries/portal-project";
import { editOwnAssignmentAction } from "./actions";

type Props = {
  assignment: Pick<OwnAssignment, "id" | "version" | "resumeUrl" | "linkedinUrl" | "offerDate">;
  project: string;
};

/** The student's own part of a project; how they stand on it staff decide. */
export function OwnFactsForm({ assignment, project }: Props) {
  const [told, setTold] = useState("");
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
        onDone={() => setTold("Saved.")}
      >
        {(errors) => (
          <>
            <input type="hidden" name="assignmentId" value={assignment.id} />
            <AssignmentFields errors={errors} values={assignment} of={`assignment-${assignment.id}`} />
          </>
        )}
      </FormDialog>
      <p role="status" className="text-sm text-good">
        {told}
      </p>
    </div>
  );
}
