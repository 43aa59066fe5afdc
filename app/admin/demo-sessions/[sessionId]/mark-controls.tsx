"use client";

import clsx from "clsx";
import { Star } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import type { Change } from "./mark-queue";

type Marked = { id: number; name: string; status: string; rating: number | null };
type Props = { signup: Marked; onMark: (change: Change) => void; large?: boolean };

const MARKS = [
  ["presented", "Presented", "P"],
  ["no_show", "No-show", "N"],
] as const;

/** How it went, by one click; the same button again takes it back. */
export function MarkButtons({ signup, onMark, large = false }: Props) {
  return (
    <fieldset className={clsx("flex gap-2", large && "grid grid-cols-2")}>
      <legend className="sr-only">How it went for {signup.name}</legend>
      {MARKS.map(([status, label, key]) => {
        const on = signup.status === status;
        return (
          <button
            key={status}
            type="button"
            aria-pressed={on}
            onClick={() => onMark({ status: on ? "scheduled" : status })}
            className={clsx(
              buttonClass({ small: !large }),
              large && "h-14 text-base",
              on && status === "presented" && "border-good text-good",
              on && status === "no_show" && "border-bad text-bad",
            )}
          >
            <span aria-hidden className={clsx("size-1.5 rounded-full", on ? "bg-current" : "border border-current")} />
            {label}
            {large ? (
              <kbd aria-hidden className="label ml-1 font-sans max-sm:hidden">
                {key}
              </kbd>
            ) : null}
          </button>
        );
      })}
    </fieldset>
  );
}

const STARS = [1, 2, 3, 4, 5] as const;

/** One to five; the same star again takes the rating back. A rating says that it was presented. */
export function StarButtons({ signup, onMark, large = false }: Props) {
  const { name, rating } = signup;
  return (
    <fieldset className="flex">
      <legend className="sr-only">
        Rating of {name}: {rating ?? "none"}
      </legend>
      {STARS.map((star) => (
        <button
          key={star}
          type="button"
          aria-pressed={rating === star}
          title={`${star} of 5`}
          onClick={() => onMark({ rating: rating === star ? null : star })}
          className={clsx(
            "tap inline-flex items-center justify-center rounded-md hover:text-accent pointer-coarse:min-w-11",
            large ? "size-11" : "h-8 w-7",
            rating && star <= rating ? "text-accent" : "text-muted",
          )}
        >
          <Star
            aria-hidden
            className={large ? "size-6" : "size-4"}
            fill={rating && star <= rating ? "currentColor" : "none"}
          />
          <span className="sr-only">
            {star} of 5 for {name}
          </span>
        </button>
      ))}
    </fieldset>
  );
}
