const MS_PER_HOUR = 3_600_000;

/** Hours with two decimals, so that a spreadsheet can add them up; null stays empty. */
export const hours = (ms: number | null): number | null =>
  ms === null ? null : Math.round((ms / MS_PER_HOUR) * 100) / 100;
