/** How far, of what was meant: a line that the words beside it say as well. `share` above 1 is full. */
export function ProgressBar({ share, reached = false }: { share: number; reached?: boolean }) {
  const percent = Math.min(100, Math.max(0, share * 100));
  return (
    <span aria-hidden className="block h-1.5 rounded-sm bg-sunken">
      {percent > 0 ? (
        <span
          className={reached ? "block h-1.5 rounded-sm bg-good" : "block h-1.5 rounded-sm bg-accent"}
          style={{ width: `${Math.max(1, percent)}%` }}
        />
      ) : null}
    </span>
  );
}
