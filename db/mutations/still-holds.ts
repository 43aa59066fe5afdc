/** Whether what was shown is still what is stored, whatever else has changed beside it. */
export const stillHolds = <Values extends Record<string, string | null>>(
  seen: { [Name in keyof Values]: string | null } | undefined,
  stored: Values,
): boolean => seen !== undefined && Object.keys(stored).every((name) => seen[name] === stored[name]);
