"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { FormDialog } from "@/components/ui/form-dialog";
import { ToldLine, useTold } from "@/components/ui/told-line";
import { editSignupAction, signUpAction, withdrawAction } from "./actions";
import { type OwnDemo, SignupFields } from "./signup-fields";

type Session = {
  id: number;
  when: string;
  isFull: boolean;
  hasBegun: boolean;
  /** Whether one had signed up for it before. */
  wasWithdrawn: boolean;
};
type Own = { id: number; version: number; demoId: number | null; notes: string | null; waits: boolean };

type Props = {
  session: Session;
  /** One's own sign-up; null without one. */
  own: Own | null;
  /** Whether one can sign up now; whether the sign-up can still be changed. */
  canJoin: boolean;
  canChange: boolean;
  demos: OwnDemo[];
};

/** What a sign-up answers. */
type SignedUp = { status: "scheduled" | "waitlisted"; place: number | null };

const joined = ({ status, place }: SignedUp): string =>
  status === "scheduled"
    ? "You have a place."
    : `All places are taken: you are on the waiting list${place ? `, place ${place}` : ""}.`;

/** What one can do about a session, and what came of the last thing one did. */
export function OwnPlace({ session, own, canJoin, canChange, demos }: Props) {
  const [told, tell] = useTold();
  return (
    <div className="flex flex-wrap items-center gap-2 md:max-w-64 md:justify-end md:self-start">
      {own ? (
        canChange ? (
          <>
            <EditPlace session={session} own={own} demos={demos} onDone={() => tell("Saved.")} />
            <Withdraw session={session} own={own} onDone={() => tell("You have withdrawn.")} />
          </>
        ) : null
      ) : canJoin ? (
        <Join session={session} demos={demos} onDone={(result) => tell(joined(result))} />
      ) : null}
      <ToldLine told={told} />
    </div>
  );
}

const CAN_CHANGE = "You can change what you show, or withdraw, until you have presented.";
const ALL_TAKEN =
  "All places are taken. When one comes free, the first on the waiting list gets it and is told at once.";

type JoinProps = { session: Session; demos: OwnDemo[]; onDone: (result: SignedUp) => void };

function Join({ session, demos, onDone }: JoinProps) {
  const label = session.isFull ? "Join the waiting list" : session.wasWithdrawn ? "Sign up again" : "Sign up";
  return (
    <Dialog
      title={`${label}: ${session.when}`}
      trigger={
        <>
          {label}
          <span className="sr-only"> for {session.when}</span>
        </>
      }
    >
      {(close) => (
        <ActionForm
          action={signUpAction}
          submit={label}
          onDone={(result) => {
            close();
            onDone(result);
          }}
        >
          {(fields) => (
            <>
              <input type="hidden" name="sessionId" value={session.id} />
              <p className="text-sm text-muted">{session.isFull ? ALL_TAKEN : CAN_CHANGE}</p>
              <SignupFields id={`join-${session.id}`} demos={demos} fields={fields} />
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}

type OwnProps = { session: Session; own: Own; onDone: () => void };

function EditPlace({ session, own, demos, onDone }: OwnProps & { demos: OwnDemo[] }) {
  return (
    <FormDialog
      trigger={
        <>
          Change<span className="sr-only"> the sign-up for {session.when}</span>
        </>
      }
      title={`Your sign-up: ${session.when}`}
      action={editSignupAction}
      submit="Save"
      version={own.version}
      onDone={onDone}
    >
      {(fields) => (
        <>
          <input type="hidden" name="signupId" value={own.id} />
          <SignupFields id={`edit-${session.id}`} demos={demos} fields={fields} demoId={own.demoId} notes={own.notes} />
        </>
      )}
    </FormDialog>
  );
}

function withdrawal(hasBegun: boolean, waits: boolean): string {
  if (hasBegun) return "The session has begun: nobody can sign up for it again, nor you.";
  return waits
    ? "You leave the waiting list. If you sign up again, you begin at its end."
    : "Your place goes to whoever waits longest. If you sign up again, you come after everybody who waits.";
}

function Withdraw({ session, own, onDone }: OwnProps) {
  return (
    <Dialog
      small
      look="quiet"
      title={`Withdraw: ${session.when}`}
      trigger={
        <>
          Withdraw<span className="sr-only"> from {session.when}</span>
        </>
      }
    >
      {(close) => (
        <ActionForm
          action={withdrawAction}
          submit={own.waits ? "Leave the waiting list" : "Give up my place"}
          look="danger"
          onDone={() => {
            close();
            onDone();
          }}
        >
          {() => (
            <>
              <input type="hidden" name="signupId" value={own.id} />
              <input type="hidden" name="sessionId" value={session.id} />
              <p className="text-sm text-muted">{withdrawal(session.hasBegun, own.waits)}</p>
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}
