import { countProjectsBy, type ProjectFacet, type ProjectListRow, projectSource } from "@/db/queries/project-list";
import { actorOf } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { projectsList } from "./projects";
import { serve } from "./served";

export const servedProjects = serve<typeof projectsList, ProjectListRow>({
  list: projectsList,
  allowed: (viewer) => can(actorOf(viewer), "project.list"),
  source: projectSource,
  counts: (db, filter, values, viewer) => countProjectsBy(db, filter as ProjectFacet, values, viewer),
  cells: (row) => ({
    name: row.name,
    batch: row.batchName,
    status: row.status,
    starts: row.startDate,
    ends: row.endDate,
    students: row.students,
    completed: row.completed,
    happyHour: row.happyHour,
  }),
});
