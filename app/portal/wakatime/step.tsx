import clsx from "clsx";
import { Check } from "lucide-react";
import type { ReactNode } from "react";

type Props = { number: number; title: string; done: boolean; children: ReactNode };

/** One of the three steps: its number, or a tick once it is done. */
export function Step({ number, title, done, children }: Props) {
  return (
    <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3 border-t py-5">
      <span
        className={clsx(
          "flex size-7 items-center justify-center rounded-full border text-sm font-medium",
          done ? "border-transparent bg-accent-soft text-accent" : "border-strong-line text-muted",
        )}
      >
        {done ? <Check aria-hidden className="size-4" /> : number}
      </span>
      <div className="min-w-0">
        <h2 className="text-sm leading-7 font-semibold">
          {title}
          {done ? <span className="sr-only"> (done)</span> : null}
        </h2>
        <div className="mt-1 grid gap-3 text-sm text-muted">{children}</div>
      </div>
    </li>
  );
}
