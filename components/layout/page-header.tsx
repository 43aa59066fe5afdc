import type { ReactNode } from "react";

export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
      <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
      {children ? <p className="text-sm text-muted">{children}</p> : null}
    </header>
  );
}
