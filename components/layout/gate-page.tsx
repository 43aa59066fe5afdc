import type { ReactNode } from "react";
import { Wordmark } from "./wordmark";

type Props = { title: string; lead?: ReactNode; children: ReactNode; foot?: ReactNode };

/** The narrow page in front of the product: signing in, signing up, waiting, set-up. */
export function GatePage({ title, lead, children, foot }: Props) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center px-4 py-10">
      <Wordmark />
      <h1 className="mt-8 text-xl font-semibold tracking-tight">{title}</h1>
      {lead ? <p className="mt-1.5 text-muted">{lead}</p> : null}
      <div className="mt-6">{children}</div>
      {foot ? <div className="mt-6 border-t pt-4 text-sm text-muted">{foot}</div> : null}
    </main>
  );
}
