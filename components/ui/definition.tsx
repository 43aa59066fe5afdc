import { Info } from "lucide-react";
import type { DocPage } from "@/lib/docs";
import { Glyph } from "./glyph";

type Props = {
  id: string;
  of: string;
  /** The page under /docs that has all of it. */
  page?: DocPage;
  children: string;
};

/** The (i) beside a number: how it is computed. Opens without any script. `id` is unique on the page. */
export function Definition({ id, of, page, children }: Props) {
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={`How ${of} is computed`}
        className="reach -my-1 -mr-1 inline-flex size-6 items-center justify-center rounded-full align-middle text-muted hover:text-ink"
        style={{ anchorName: `--${id}` }}
      >
        <Glyph of={Info} className="size-3.5" />
      </button>
      <span
        id={id}
        popover="auto"
        className="hanging max-w-72 p-3 text-left text-sm font-normal whitespace-normal"
        style={{ positionAnchor: `--${id}` }}
      >
        {children}
        {page ? (
          <a href={`/docs/${page}`} className="mt-2 block underline underline-offset-2">
            All of it, with an example
          </a>
        ) : null}
      </span>
    </>
  );
}
