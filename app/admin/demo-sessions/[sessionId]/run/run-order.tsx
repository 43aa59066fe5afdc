import clsx from "clsx";
import { Badge } from "@/components/ui/badge";
import type { SessionSignup } from "@/db/queries/demo-session-page";
import { SIGNUP_WORDS } from "../../session-words";
import { SIGNUP_TONES } from "../session-page-words";

type Props = {
  rows: SessionSignup[];
  onId: number;
  /** Marks of these are still on their way. */
  pending: ReadonlySet<number>;
  onChoose: (signupId: number) => void;
};

/** Everybody of the day with how it went; a tap puts somebody on. */
export function RunOrder({ rows, onId, pending, onChoose }: Props) {
  return (
    <ol className="border-t text-sm">
      {rows.map(({ id, name, status, rating }, index) => (
        <li key={id} className="border-b">
          <button
            type="button"
            aria-current={id === onId ? "step" : undefined}
            onClick={() => onChoose(id)}
            className={clsx(
              "tap grid w-full grid-cols-[1.5rem_minmax(0,1fr)_auto] items-center gap-2 py-2 text-left",
              id === onId ? "bg-sunken font-medium" : "hover:bg-sunken/60",
            )}
          >
            <span className="text-right text-muted">{index + 1}</span>
            <span className="truncate">{name}</span>
            <span className="pr-2 text-right">
              <Badge tone={SIGNUP_TONES[status]}>
                {status === "scheduled" ? "to present" : SIGNUP_WORDS[status]}
                {rating ? `, ${rating} of 5` : ""}
              </Badge>
              {pending.has(id) ? <span className="label block">not sent yet</span> : null}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}
