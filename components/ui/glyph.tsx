import type { LucideIcon } from "lucide-react";
import type { ReactElement } from "react";

type Shape = readonly [tag: string, attributes: Readonly<Record<string, string>>];

const texts = new Map<LucideIcon, string | null>();

/** The shapes of an icon as lucide's component hands them on to its drawing; null should it keep them elsewhere. */
function shapesOf(icon: LucideIcon): readonly Shape[] | null {
  const { render } = icon as unknown as { render?: (props: object, ref: null) => ReactElement<{ icon?: unknown }> };
  const { node } = (render?.({}, null).props.icon ?? {}) as { node?: readonly Shape[] };
  return node ?? null;
}

function textOf(icon: LucideIcon): string | null {
  const known = texts.get(icon);
  if (known !== undefined) return known;
  const text = shapesOf(icon)
    ?.map(([tag, { key: _, ...attributes }]) => {
      const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
      return `<${tag}${written.join("")}/>`;
    })
    .join("");
  texts.set(icon, text ?? null);
  return text ?? null;
}

type Props = { of: LucideIcon; className?: string };

/**
 * An icon beside words that say the same. Its shapes are put in as text made once: drawn by lucide's component, the two
 * dozen icons of a page cost a fifth of its rendering (decision 035).
 */
export function Glyph({ of: Icon, className = "" }: Props) {
  const text = textOf(Icon);
  if (text === null) return <Icon aria-hidden className={className} />;
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: shapes of the icon library, nothing that anybody wrote
    <svg viewBox="0 0 24 24" aria-hidden className={`glyph ${className}`} dangerouslySetInnerHTML={{ __html: text }} />
  );
}
