/** A link that works is synced every night: older than a night and some hours, something is wrong. */
export const STALE_AFTER_HOURS = 26;
