import type { FileFacts } from "./read";
import type { Judged } from "./verdict";
import { VERDICTS, type Verdict, type VerdictKind } from "./verdict-kinds";

/** A verdict as a page shows it; what was in a row that cannot be imported goes along, for the list of errors. */
export type ShownVerdict = Verdict & { cells?: string[] };

export type DryRun = {
  file: FileFacts;
  counts: Record<VerdictKind, number>;
  /** How many can be invited: those who are new, and those who have not accepted and have no invitation under way. */
  invitable: number;
  rows: ShownVerdict[];
  /** Comes back with "apply": only what was shown is done. */
  digest: string;
};

export const countVerdicts = (judged: { kind: VerdictKind }[]): Record<VerdictKind, number> =>
  Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, judged.filter(({ kind }) => kind === verdict).length]),
  ) as Record<VerdictKind, number>;

export const dryRunOf = (file: FileFacts, judged: Judged[], digest: string): DryRun => ({
  file,
  counts: countVerdicts(judged),
  invitable: judged.filter(({ invitable }) => invitable).length,
  rows: judged.map(({ row, kind, email, name, changes, faults, source }) => ({
    ...{ row, kind, email, name, changes, faults },
    ...(kind === "error" ? { cells: source.cells } : {}),
  })),
  digest,
});
