import type { ReactNode } from "react";
import type { RowSelection } from "./use-selection";

/** How every box of a list looks. */
export const BOX = "size-4 accent-accent align-[-3px]";

type Props = {
  selection: Pick<RowSelection, "has" | "tick">;
  pageIds: readonly number[];
  className: string;
  children: ReactNode;
};

/** Selects the rows of this page, or lets go of them; between the two when only some are selected. */
export function PageBox({ selection, pageIds, className, children }: Props) {
  const all = pageIds.every(selection.has);
  const some = !all && pageIds.some(selection.has);
  return (
    <label className={className}>
      <input
        type="checkbox"
        className={BOX}
        checked={all}
        ref={(box) => {
          if (box) box.indeterminate = some;
        }}
        onChange={(event) => selection.tick(pageIds, event.target.checked)}
      />
      {children}
    </label>
  );
}
