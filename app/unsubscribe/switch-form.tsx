"use client";

import { ActionForm } from "@/components/ui/action-form";
import { unsubscribeAction } from "./actions";

type Props = { token: string; on: boolean; submit: string };

export const SwitchForm = ({ token, on, submit }: Props) => (
  // The page that comes after it has a form of its own.
  <ActionForm key={submit} action={unsubscribeAction} submit={submit} look={on ? "plain" : "primary"}>
    {() => (
      <>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="on" value={on ? "yes" : "no"} />
      </>
    )}
  </ActionForm>
);
