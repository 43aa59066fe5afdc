import clsx from "clsx";
import type { ReactNode } from "react";

type Props = { title: string; aside?: ReactNode; className?: string; children: ReactNode };

/** A titled part of a page under a hairline; no box, so that parts never nest in boxes. */
export function Panel({ title, aside, className, children }: Props) {
  return (
    <section className={clsx("border-t pt-3", className)}>
      <header className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <h2 className="text-sm font-semibold">{title}</h2>
        {aside ? <div className="label">{aside}</div> : null}
      </header>
      {children}
    </section>
  );
}
