"use client";

import { useEffect } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { confirmEmailAction } from "./actions";

export function ConfirmForm({ token }: { token: string }) {
  // The link's secret need not stay in the address bar, the history or a shared screen.
  useEffect(() => window.history.replaceState(null, "", window.location.pathname), []);
  return (
    <ActionForm action={confirmEmailAction} submit="Yes, this is my address">
      {() => <input type="hidden" name="token" value={token} />}
    </ActionForm>
  );
}
