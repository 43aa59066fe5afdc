const MOST = 5;

/** A rating to the eye as stars, to everybody else in words. */
export function Stars({ rating }: { rating: number }) {
  return (
    <span className="whitespace-nowrap" title={`${rating} of ${MOST} stars`}>
      <span aria-hidden className="tracking-wide text-accent">
        {"★".repeat(rating)}
        <span className="text-strong-line">{"★".repeat(MOST - rating)}</span>
      </span>
      <span className="sr-only">
        {rating} of {MOST} stars
      </span>
    </span>
  );
}
