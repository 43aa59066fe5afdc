type Props = {
  /** One after the other, the newest last; null is no data, which is a gap and not a zero. */
  values: readonly (number | null)[];
  /** The same in words: what it is, and each value. */
  label: string;
};

const WIDTH = 72;
const HEIGHT = 20;

/** How some numbers went, as a line between the words, drawn on the server. The last one that is known is marked. */
export function Sparkline({ values, label }: Props) {
  const last = values.findLastIndex((value) => value !== null);
  if (last < 0) return null;
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const pointOf = (value: number, place: number) => ({
    x: Math.round((place / Math.max(1, values.length - 1)) * WIDTH * 10) / 10,
    y: Math.round((1 - value / most) * HEIGHT * 10) / 10,
  });
  const end = pointOf(values[last] ?? 0, last);
  return (
    <svg
      role="img"
      aria-label={label}
      width={WIDTH}
      height={HEIGHT}
      className="mb-1 inline-block shrink-0 overflow-visible fill-none"
    >
      <path d={`M0 ${HEIGHT + 2}h${WIDTH}`} className="stroke-line" />
      <path
        d={linesOf(values, pointOf)}
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="stroke-strong-line"
      />
      <circle cx={end.x} cy={end.y} r="2.5" className="fill-accent" />
    </svg>
  );
}

/** Lines between neighbours that are both known; one that stands alone is a dot. */
export function linesOf(
  values: readonly (number | null)[],
  pointOf: (value: number, place: number) => { x: number; y: number },
): string {
  return values
    .map((value, place) => {
      if (value === null) return "";
      const { x, y } = pointOf(value, place);
      const before = values[place - 1] ?? null;
      const after = values[place + 1] ?? null;
      if (before !== null) return `L${x} ${y}`;
      return after === null ? `M${x} ${y}h0` : `M${x} ${y}`;
    })
    .join("");
}
