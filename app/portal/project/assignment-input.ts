import { z } from "zod";
import { assignmentFacts } from "@/lib/assignment-fields";
import { idField, versionField } from "@/lib/form-fields";

export const ownAssignmentSchema = z.object({ assignmentId: idField, version: versionField, ...assignmentFacts });
