import type { ReactNode } from "react";

/** Nothing here, and why: never had any, filters match none, not allowed. A failure is no emptiness: see error.tsx. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="py-10 text-center">
      <p className="font-medium">{title}</p>
      {children ? <div className="mt-1 text-sm text-muted">{children}</div> : null}
    </div>
  );
}
