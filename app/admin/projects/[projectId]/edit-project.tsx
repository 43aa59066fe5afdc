"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import type { ProjectContent } from "@/db/queries/project-detail";
import { editProjectAction } from "../actions";
import { ProjectFields } from "../project-fields";

type Props = { project: ProjectContent & { id: number; version: number }; open: number };

const ENDS: Record<string, string> = { completed: "completed", cancelled: "dropped" };

export function EditProject({ project, open }: Props) {
  const [status, setStatus] = useState<string>(project.status);
  const closes = open > 0 ? ENDS[status] : undefined;
  return (
    <Dialog trigger="Edit" title={`Edit ${project.name}`} small>
      {(close) => (
        <ActionForm action={editProjectAction} submit="Save" version={project.version} onDone={close}>
          {(errors) => (
            <>
              <input type="hidden" name="projectId" value={project.id} />
              <ProjectFields errors={errors} values={project} onStatus={setStatus} />
              {closes ? (
                <label className="tap flex items-start gap-2.5 text-sm">
                  <input type="checkbox" name="closeOpen" defaultChecked className="mt-0.5 size-4 accent-accent" />
                  <span>
                    Set the {open} open {open === 1 ? "assignment" : "assignments"} to {closes}, so that the students
                    are free for another project.
                  </span>
                </label>
              ) : null}
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}
