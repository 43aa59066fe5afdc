import clsx from "clsx";

/** Lines in the place and size of what is on its way; drawn after a moment, so that what comes at once does not flicker. */
export function Skeleton({ lines, className }: { lines: number; className?: string }) {
  return (
    <div role="status" className={clsx("skeleton grid gap-3", className)}>
      <span className="sr-only">Loading</span>
      {Array.from({ length: lines }, (_, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and stay in their order.
          key={index}
          aria-hidden
          className="h-4 rounded bg-sunken"
          style={{ width: `${90 - ((index * 23) % 45)}%` }}
        />
      ))}
    </div>
  );
}
