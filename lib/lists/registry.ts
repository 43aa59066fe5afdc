import { servedAudit } from "./audit-served";
import { servedBatches } from "./batches-served";
import { servedCertificates } from "./certificates-served";
import type { AnyList } from "./definition";
import { servedDemoSessions } from "./demo-sessions-served";
import { servedProjects } from "./projects-served";
import { servedRisks } from "./risk-served";
import { servedRoster } from "./roster-served";
import type { ServedList } from "./served";
import { servedStudents } from "./students-served";
import { servedSyncRuns } from "./sync-runs-served";
import { servedSyncStudents } from "./sync-students-served";
import { servedUsers } from "./users-served";

/** Every list that can be exported, counted, saved as a view and acted upon. */
const SERVED = [
  servedAudit,
  servedBatches,
  servedCertificates,
  servedDemoSessions,
  servedProjects,
  servedRisks,
  servedRoster,
  servedStudents,
  servedSyncRuns,
  servedSyncStudents,
  servedUsers,
] as unknown as ServedList<AnyList, unknown>[];

const BY_NAME = new Map(SERVED.map((each) => [each.list.name, each]));

/** The list of this name, or undefined. */
export const servedList = (name: string | undefined) => BY_NAME.get(name ?? "");
