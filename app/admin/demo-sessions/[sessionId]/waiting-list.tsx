import { Button } from "@/components/ui/button";
import { type BoardSignup, SignupName, SignupTopic } from "./signup-facts";

type Props = { signups: BoardSignup[]; onWithdraw: ((signup: BoardSignup) => void) | null };

/** Who is next, in order; who cannot get a place now is passed over, and keeps their turn. */
export function WaitingList({ signups, onWithdraw }: Props) {
  return (
    <ol aria-label="Waiting list" className="border-t">
      {signups.map((signup, index) => (
        <li
          key={signup.id}
          data-signup={signup.id}
          className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] gap-x-3 gap-y-1 border-b py-2 lg:grid-cols-[1.5rem_minmax(0,1fr)_minmax(0,1.2fr)_auto]"
        >
          <span className="text-right text-sm text-muted">{index + 1}</span>
          <div className="min-w-0">
            <SignupName signup={signup} />
          </div>
          <div className="min-w-0 max-lg:col-start-2 max-lg:row-start-2">
            <SignupTopic signup={signup} />
          </div>
          {onWithdraw && signup.canWithdraw ? (
            <Button small look="quiet" className="self-start" onClick={() => onWithdraw(signup)}>
              Withdraw<span className="sr-only"> {signup.name}</span>
            </Button>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
