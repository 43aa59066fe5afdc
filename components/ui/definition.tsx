import { Info } from "lucide-react";

type Props = { id: string; of: string; children: string };

/** The (i) beside a number: how it is computed. Opens without any script. `id` is unique on the page. */
export function Definition({ id, of, children }: Props) {
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={`How ${of} is computed`}
        className="reach -my-1 -mr-1 inline-flex size-6 items-center justify-center rounded-full align-middle text-muted hover:text-ink"
        style={{ anchorName: `--${id}` }}
      >
        <Info aria-hidden className="size-3.5" />
      </button>
      <div
        id={id}
        popover="auto"
        className="hanging max-w-72 p-3 text-left text-sm font-normal whitespace-normal"
        style={{ positionAnchor: `--${id}` }}
      >
        {children}
      </div>
    </>
  );
}
