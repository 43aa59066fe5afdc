import Link from "next/link";
import type { ReactNode } from "react";

/** A number of a `dl` over its label; the whole of it leads to the list behind, where there is one. `children` is the `dd`. */
export function Figure({ label, href, children }: { label: string; href?: string | undefined; children: ReactNode }) {
  return (
    <div className="relative flex flex-col-reverse justify-end border-b py-3 pr-3 hover:has-[a]:bg-sunken/60">
      <dt className="label">
        {href ? (
          <Link href={href} prefetch={false} className="after:absolute after:inset-0">
            {label}
          </Link>
        ) : (
          label
        )}
      </dt>
      {children}
    </div>
  );
}
