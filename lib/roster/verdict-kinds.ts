export const VERDICTS = ["new", "changed", "same", "error"] as const;
export type VerdictKind = (typeof VERDICTS)[number];

export type Change = {
  field: "name" | "phone" | "timeZone" | "role" | "batch" | "status" | "from";
  old: string | null;
  new: string;
};

/** What an import does with one row. */
export type Verdict = {
  row: number;
  kind: VerdictKind;
  email: string;
  name: string;
  changes: Change[];
  /** Why nothing can be done with it, each a whole sentence. */
  faults: string[];
};
