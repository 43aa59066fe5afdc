import { Pin, Trash2, Users } from "lucide-react";
import Link from "next/link";
import { Glyph } from "@/components/ui/glyph";
import type { SavedView } from "@/db/queries/saved-views";

type Props = {
  view: SavedView;
  href: string;
  isOpen: boolean;
  /** It opens when the list is called from the navigation. */
  isFirst: boolean;
  onFirst: (isFirst: boolean) => void;
  onShare: (isShared: boolean) => void;
  onDelete: () => void;
};

/** A saved view in the menu; what is not one's own can be opened, and opened first, but not changed. */
export function ViewItem({ view, href, isOpen, isFirst, onFirst, onShare, onDelete }: Props) {
  return (
    <li className="flex items-center gap-1">
      <Link
        href={href}
        prefetch={false}
        aria-current={isOpen ? "true" : undefined}
        className="tap min-w-0 flex-1 truncate rounded px-2 py-1.5 text-sm hover:bg-sunken aria-[current]:font-medium"
      >
        {view.name}
        <span className="label ml-2">{view.isMine ? (view.isShared ? "shared" : "") : view.owner}</span>
      </Link>
      <ItemButton label={`Open ${view.name} first`} pressed={isFirst} icon={Pin} onClick={() => onFirst(!isFirst)} />
      {view.isMine ? (
        <>
          <ItemButton
            label={`Share ${view.name} with all staff`}
            pressed={view.isShared}
            icon={Users}
            onClick={() => onShare(!view.isShared)}
          />
          <ItemButton label={`Delete the view ${view.name}`} icon={Trash2} onClick={onDelete} />
        </>
      ) : null}
    </li>
  );
}

type ItemButtonProps = { label: string; icon: typeof Pin; pressed?: boolean; onClick: () => void };

function ItemButton({ label, icon: Icon, pressed, onClick }: ItemButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      title={label}
      onClick={onClick}
      className="tap inline-flex size-8 shrink-0 items-center justify-center rounded text-muted hover:bg-sunken hover:text-ink aria-pressed:text-accent pointer-coarse:size-11"
    >
      <Glyph of={Icon} className="size-3.5" />
      <span className="sr-only">{label}</span>
    </button>
  );
}
