"use client";

import { Modal } from "@/components/layout/modal";
import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { withdrawAction } from "./actions";
import type { BoardSignup } from "./signup-facts";

type Props = { signup: BoardSignup; firstWaiting: string | null; onClose: () => void; onDone: (words: string) => void };

/** Takes somebody out in their stead, after saying who gets the place. */
export function WithdrawForm({ signup, firstWaiting, onClose, onDone }: Props) {
  const { id, name, status } = signup;
  const hadPlace = status === "scheduled";
  // Listened to here: once the sign-up is withdrawn, its row and this form are gone.
  const withdraw: FormAction<{ promoted: number }> = async (previous, data) => {
    const answer = await withdrawAction(previous, data);
    if (answer.ok) onDone(`${name} is withdrawn${answer.data.promoted > 0 ? ", and the next one has the place" : ""}.`);
    return answer;
  };
  return (
    <Modal label={`Withdraw ${name}?`} onClose={onClose} className="w-[min(30rem,calc(100vw-2rem))]">
      <div className="grid gap-4 p-5">
        <h2 className="text-base font-semibold">Withdraw {name}?</h2>
        <p className="text-sm">
          {hadPlace
            ? firstWaiting
              ? `The place goes to the first on the waiting list who can take it, ${firstWaiting}, and they are told. `
              : "The place becomes free. "
            : "They leave the waiting list. "}
          Signing up again goes to the end of the list.
        </p>
        <ActionForm action={withdraw} submit={hadPlace ? "Give up the place" : "Leave the list"} look="danger">
          {() => <input type="hidden" name="signupId" value={id} />}
        </ActionForm>
        <Button look="quiet" small onClick={onClose} className="justify-self-start">
          Back
        </Button>
      </div>
    </Modal>
  );
}
