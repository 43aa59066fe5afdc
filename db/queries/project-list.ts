import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { ProjectSortKey, ProjectStatus } from "@/db/enums";
import type { Sort } from "@/lib/table-params";
import { containsPattern } from "./fragments";
import { countByValue, type ListSource, listPage } from "./list";
import type { Looker } from "./user-list";

export type ProjectConditions = {
  q: string;
  batch?: number | null;
  status?: ProjectStatus | null;
  /** Of batches that the looker teaches. */
  mine?: "me" | null;
};

export type ProjectFilters = ProjectConditions & { sort: Sort<ProjectSortKey>; page: number; size: number };

export type ProjectListRow = {
  id: number;
  name: string;
  batchName: string;
  startDate: string;
  endDate: string | null;
  happyHour: string | null;
  status: ProjectStatus;
  /** Students on it, those who dropped it left out; of them those who completed it. */
  students: number;
  completed: number;
};

const KEYS: Record<ProjectSortKey, SQL> = {
  name: sql`lower(p.name)`,
  batch: sql`lower(b.name)`,
  starts: sql`p.start_date`,
  ends: sql`p.end_date`,
};

const teaches = (looker: Looker): SQL => sql`exists (
  select from batch_instructor bi where bi.batch_id = p.batch_id and bi.user_id = ${looker.id})`;

function projectConditions({ q, batch, status, mine }: ProjectConditions, looker: Looker): SQL {
  const parts: SQL[] = [];
  if (batch) parts.push(sql`p.batch_id = ${batch}`);
  if (status) parts.push(sql`p.status = ${status}`);
  if (mine) parts.push(teaches(looker));
  if (q) parts.push(sql`search_fold(p.name) like ${containsPattern(q)}`);
  return parts.length > 0 ? sql`where ${sql.join(parts, sql` and `)}` : sql``;
}

/** `/admin/projects`. Projects are few; the assignments of a page's rows are counted by idx_student_project_id. */
export function projectSource(filters: ProjectConditions & { sort: Sort<ProjectSortKey> }, looker: Looker): ListSource {
  const { key, descending } = filters.sort;
  return {
    from: sql`project p`,
    where: projectConditions(filters, looker),
    id: sql`p.id`,
    key: KEYS[key],
    descending,
    ...(key === "batch" ? { keyJoins: sql`join batch b on b.id = p.batch_id` } : {}),
    details: sql`
      join project p on p.id = picked.id
      join batch b on b.id = p.batch_id
      cross join lateral (
        select count(*) filter (where a.status <> 'dropped') as students,
          count(*) filter (where a.status = 'completed') as completed
        from assignment a where a.project_id = p.id) n`,
    row: sql`json_build_object(
      'id', p.id, 'name', p.name, 'batchName', b.name, 'startDate', p.start_date, 'endDate', p.end_date,
      'happyHour', p.happy_hour, 'status', p.status, 'students', n.students, 'completed', n.completed)`,
  };
}

/** One page of projects with the exact total and the name of the batch that is filtered by, in one statement. */
export const listProjects = (db: Db, filters: ProjectFilters, looker: Looker) =>
  listPage<ProjectListRow, { batchName: string | null }>(
    db,
    projectSource(filters, looker),
    filters,
    sql`(select name from batch where id = ${filters.batch ?? null}) as "batchName"`,
  );

export type ProjectFacet = "batch" | "status" | "mine";

/** How many of the projects that the other filters leave have which value of `facet`. */
export function countProjectsBy(db: Db, facet: ProjectFacet, filters: ProjectConditions, looker: Looker) {
  const source = projectSource({ ...filters, [facet]: null, sort: { key: "name", descending: false } }, looker);
  const values: Record<ProjectFacet, Parameters<typeof countByValue>[2]> = {
    batch: { value: sql`p.batch_id`, label: sql`b.name`, joins: sql`join batch b on b.id = p.batch_id` },
    status: { value: sql`p.status` },
    mine: { value: sql`case when ${teaches(looker)} then 'me' end` },
  };
  return countByValue(db, source, values[facet]);
}
