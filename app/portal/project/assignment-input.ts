import { z } from "zod";
import { assignmentFacts } from "@/lib/assignment-fields";
import { idField, versionField } from "@/lib/form-fields";
import { seenField } from "@/lib/seen-field";

export const ownAssignmentSchema = z.object({
  assignmentId: idField,
  version: versionField,
  ...assignmentFacts,
  seen: seenField(["resumeUrl", "linkedinUrl", "offerDate"]),
});
