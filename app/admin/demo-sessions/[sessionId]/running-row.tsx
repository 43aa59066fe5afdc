"use client";

import clsx from "clsx";
import { GripVertical } from "lucide-react";
import { type ComponentProps, type CSSProperties, type Ref, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { SIGNUP_WORDS } from "../session-words";
import { FeedbackField } from "./feedback-field";
import { MarkButtons, StarButtons } from "./mark-controls";
import type { Change } from "./mark-queue";
import { SIGNUP_TONES } from "./session-page-words";
import { type BoardSignup, SignupName, SignupTopic } from "./signup-facts";

/** What moves a row: absent until that is loaded. */
export type Movable = {
  ref: Ref<HTMLLIElement>;
  style: CSSProperties;
  handle: ComponentProps<"button">;
  isMoving: boolean;
};

type Props = {
  signup: BoardSignup;
  place: number;
  /** Marks and the order can be changed. */
  open: boolean;
  pending: boolean;
  onMark: (signupId: number, change: Change, delayMs?: number) => void;
  onWithdraw: (signup: BoardSignup) => void;
  movable?: Movable | undefined;
};

/** One who presents: moved by its handle, marked by one click, rated, and with feedback that opens below. */
export function RunningRow({ signup, place, open, pending, onMark, onWithdraw, movable }: Props) {
  const { id, name, status, notes } = signup;
  const [writing, setWriting] = useState(false);
  const mark = (change: Change, delayMs?: number) => onMark(id, change, delayMs);
  return (
    <li
      ref={movable?.ref}
      style={movable?.style}
      data-signup={id}
      data-pending={pending || undefined}
      className={clsx("border-b bg-paper py-2", movable?.isMoving && "relative z-10 bg-raised shadow-md")}
    >
      <div className="grid grid-cols-[auto_1.5rem_minmax(0,1fr)] items-start gap-x-2 gap-y-2 lg:grid-cols-[auto_1.5rem_minmax(0,1fr)_minmax(0,1.2fr)_auto_auto_auto]">
        {open && movable ? (
          <button
            type="button"
            {...movable.handle}
            aria-label={`Move ${name}`}
            className="tap inline-flex size-8 touch-none cursor-grab items-center justify-center rounded-md text-muted hover:bg-sunken pointer-coarse:min-w-11"
          >
            <GripVertical aria-hidden className="size-4" />
          </button>
        ) : (
          <span className={open ? "size-8 pointer-coarse:min-w-11" : undefined} />
        )}
        <span className="pt-1.5 text-right text-sm text-muted tabular-nums">{place}</span>
        <div className="min-w-0 pt-1">
          <SignupName signup={signup} />
        </div>
        <div className="min-w-0 pt-1 max-lg:col-span-3 max-lg:pl-2">
          <SignupTopic signup={signup} />
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 max-lg:col-span-3 lg:contents">
          {open ? (
            <MarkButtons signup={signup} onMark={mark} />
          ) : (
            <span className="pt-1">
              <Badge tone={SIGNUP_TONES[status]}>{SIGNUP_WORDS[status]}</Badge>
            </span>
          )}
          {/* On a phone the stars stand in the second line, beside the rarest button. */}
          <div className="max-lg:order-2">
            {open ? <StarButtons signup={signup} onMark={mark} /> : <Rating rating={signup.rating} />}
          </div>
          <div className="max-lg:contents lg:flex lg:w-40">
            {open ? (
              <Button
                small
                look="quiet"
                className="max-lg:order-1"
                aria-expanded={writing}
                onClick={() => setWriting(!writing)}
              >
                Feedback<span className="sr-only"> for {name}</span>
              </Button>
            ) : null}
            {open && signup.canWithdraw && status === "scheduled" ? (
              <Button small look="quiet" className="max-lg:order-3" onClick={() => onWithdraw(signup)}>
                Withdraw<span className="sr-only"> {name}</span>
              </Button>
            ) : null}
          </div>
        </div>
      </div>
      {writing ? (
        <div className="mt-2 max-w-prose lg:ml-18">
          <FeedbackField signup={signup} onMark={mark} />
        </div>
      ) : notes ? (
        <p className="mt-1 max-w-prose pl-2 text-sm whitespace-pre-line text-muted lg:pl-18">{notes}</p>
      ) : null}
    </li>
  );
}

function Rating({ rating }: { rating: number | null }) {
  return <span className="pt-1 text-sm text-muted">{rating ? `${rating} of 5` : ""}</span>;
}
