/** The needle of an instrument, and the name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <svg viewBox="0 0 20 20" className="size-5" aria-hidden="true">
        <path d="M3 14a7.5 7.5 0 1 1 14 0" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
        <path d="M10 13.5 14 7" stroke="var(--accent)" strokeWidth="2" strokeLinecap="round" />
        <circle cx="10" cy="13.5" r="1.6" fill="var(--accent)" />
      </svg>
      Cohort
    </span>
  );
}
