"use client";

import { ActionForm } from "@/components/ui/action-form";
import { disconnectAction } from "./actions";

/** Folded away: nobody comes for this. Opens without any script. */
export function DisconnectForm() {
  return (
    <details className="border-t py-4 text-sm">
      <summary className="tap inline-flex cursor-pointer items-center font-medium text-muted hover:text-ink">
        Disconnect WakaTime…
      </summary>
      <div className="mt-3 max-w-md">
        <p className="mb-4 text-muted">
          The access is taken back at WakaTime and deleted here. Nothing is fetched afterwards; you can connect again at
          any time.
        </p>
        <ActionForm action={disconnectAction} submit="Disconnect WakaTime" look="danger">
          {(fields) => (
            <fieldset className="grid gap-1" aria-describedby={fields.history ? "history-error" : undefined}>
              <legend className="mb-1 font-medium">The hours that have arrived so far</legend>
              <Choice value="keep" preset>
                Keep my hours
              </Choice>
              <Choice value="delete">Delete my hours; this cannot be undone</Choice>
              {fields.history ? (
                <p id="history-error" className="text-bad">
                  {fields.history}
                </p>
              ) : null}
            </fieldset>
          )}
        </ActionForm>
      </div>
    </details>
  );
}

function Choice({ value, preset, children }: { value: string; preset?: boolean; children: string }) {
  return (
    <label className="tap flex items-center gap-2.5">
      <input type="radio" name="history" value={value} defaultChecked={preset} className="size-4 accent-accent" />
      {children}
    </label>
  );
}
