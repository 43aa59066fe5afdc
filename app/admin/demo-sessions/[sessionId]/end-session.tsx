"use client";

import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import type { SessionTarget } from "@/db/queries/demo-session-page";
import { cancelSessionAction, deleteSessionAction, restoreSessionAction, switchSessionAction } from "./actions";
import { LeavingFields } from "./leaving-fields";
import { leavingWords, many } from "./session-page-words";

/** A form that is nothing but its button, beside others of that size. */
const SMALL = "grid gap-2 [&>button]:h-8 [&>button]:w-auto [&>button]:justify-self-start [&>button]:px-2.5";

type Props = {
  hasBegun: boolean;
  session: { id: number; version: number; title: string; cancelled: boolean };
  /** To present still, and waiting: whom an end concerns. */
  placed: number;
  waiting: number;
  targets: SessionTarget[];
};

type CancelProps = Props & { onCancelled: (words: string) => void };

export function CancelSession({ session, hasBegun, placed, waiting, targets, onCancelled }: CancelProps) {
  // Listened to here: once it is cancelled, this dialog has given way to the one that restores.
  const cancel: FormAction<{ moved: number; waitlisted: number; told: number }> = async (previous, data) => {
    const answer = await cancelSessionAction(previous, data);
    if (answer.ok) onCancelled(leavingWords(answer.data));
    return answer;
  };
  return (
    <Dialog trigger="Cancel" title={`Cancel ${session.title}?`} look="quiet" small>
      {() => (
        <ActionForm action={cancel} submit="Cancel the session" look="danger" version={session.version}>
          {(errors) => (
            <>
              <input type="hidden" name="sessionId" value={session.id} />
              <p className="text-sm">It stays in the list and can be restored as long as its date is free.</p>
              <Field
                label="Reason"
                name="reason"
                id="cancel-reason"
                optional
                maxLength={300}
                hint="Those who signed up read it."
                error={errors.reason}
              />
              <LeavingFields
                errors={errors}
                stay={{
                  value: "keep",
                  label: "Keep them with the session, in case it is restored",
                  left: "stays with it",
                }}
                placed={placed}
                waiting={waiting}
                targets={targets}
                quiet={session.cancelled || hasBegun}
              />
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}

type DeleteProps = Props & { marked: number; tookPlace: boolean };

/** Says what goes with the session, and what else could be done. */
export function DeleteSession({ session, hasBegun, placed, waiting, targets, marked, tookPlace }: DeleteProps) {
  const concerned = placed + waiting;
  return (
    <Dialog trigger="Delete" title={`Delete ${session.title}?`} look="quiet" small>
      {() => (
        <ActionForm action={deleteSessionAction} submit="Delete the session" look="danger" version={session.version}>
          {(errors) => (
            <>
              <input type="hidden" name="sessionId" value={session.id} />
              <p className="text-sm">
                {marked > 0
                  ? `With it go for good the marks, ratings and notes of ${many(marked, "presentation")}, also from the students’ own history. `
                  : concerned === 0
                    ? "Nobody is signed up. "
                    : ""}
                It cannot be brought back.
                {session.cancelled || tookPlace ? "" : " Cancelling keeps everything instead."}
              </p>
              <LeavingFields
                errors={errors}
                stay={{ value: "delete", label: "Delete them with the session", left: "is deleted with it" }}
                placed={placed}
                waiting={waiting}
                targets={targets}
                quiet={session.cancelled || hasBegun}
              />
            </>
          )}
        </ActionForm>
      )}
    </Dialog>
  );
}

type SwitchProps = { session: { id: number; version: number; isActive: boolean } };

/** One click, and one back. */
export function SwitchSession({ session: { id, version, isActive } }: SwitchProps) {
  return (
    <ActionForm
      action={switchSessionAction}
      submit={isActive ? "Close sign-up" : "Open sign-up"}
      look="plain"
      version={version}
      className={SMALL}
    >
      {() => (
        <>
          <input type="hidden" name="sessionId" value={id} />
          <input type="hidden" name="active" value={isActive ? "off" : "on"} />
        </>
      )}
    </ActionForm>
  );
}

export function RestoreSession({ session: { id, version } }: { session: { id: number; version: number } }) {
  return (
    <ActionForm action={restoreSessionAction} submit="Restore" look="plain" version={version} className={SMALL}>
      {() => <input type="hidden" name="sessionId" value={id} />}
    </ActionForm>
  );
}
