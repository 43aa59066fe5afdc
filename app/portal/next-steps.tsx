import clsx from "clsx";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { Glyph } from "@/components/ui/glyph";
import { Panel } from "@/components/ui/panel";
import type { Step } from "./steps";

const MOST_SHOWN = 3;

type Props = { steps: readonly Step[]; wide?: boolean; className?: string };

/** There only when something is missing: the first few of it, the rest folded. */
export function NextSteps({ steps, wide = false, className = "" }: Props) {
  if (steps.length === 0) return null;
  const rest = steps.slice(MOST_SHOWN);
  return (
    <Panel title="What to do next" className={className}>
      <StepList steps={steps.slice(0, MOST_SHOWN)} wide={wide} />
      {rest.length > 0 ? (
        <details className="mt-1">
          <summary className="tap inline-flex cursor-pointer items-center text-sm text-muted hover:text-ink">
            and {rest.length} more
          </summary>
          <StepList steps={rest} wide={wide} />
        </details>
      ) : null}
    </Panel>
  );
}

function StepList({ steps, wide }: Pick<Props, "steps"> & { wide: boolean }) {
  return (
    <ul className={clsx("grid gap-x-10 gap-y-1", wide && "lg:grid-cols-3")}>
      {steps.map(({ href, title, why }) => (
        <li key={title}>
          <Link href={href} prefetch={false} className="group flex min-h-11 items-start gap-2.5 py-1">
            <Glyph of={ArrowRight} className="mt-1 size-3.5 shrink-0 text-accent" />
            <span className="min-w-0">
              <span className="block break-words underline-offset-2 group-hover:underline">{title}</span>
              <span className="block text-sm break-words text-muted">{why}</span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
