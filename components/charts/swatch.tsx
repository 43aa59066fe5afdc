import clsx from "clsx";

/** A colour of a map with what it means. */
export function Swatch({ look, children }: { look: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span aria-hidden className={clsx("inline-block size-3 rounded-[2px] border", look)} />
      {children}
    </span>
  );
}
