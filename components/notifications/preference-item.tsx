"use client";

import { startTransition, useActionState, useOptimistic } from "react";
import type { FormAction } from "@/components/ui/action-form";
import type { PreferenceRow } from "@/lib/notify/preference-rows";
import type { Membership } from "@/lib/notify/slack-member";
import { PreferenceSwitch } from "./preference-switch";

type Props = { row: PreferenceRow; email: string; action: FormAction<Membership | null> };

/** One matter with its switches. They move at once, and back again with the reason when the server refuses. */
export function PreferenceItem({ row, email, action }: Props) {
  const { group, title, about, always } = row;
  const [result, run] = useActionState(action, null);
  const [shown, show] = useOptimistic({ mail: row.mail, slack: row.slack });
  const send = (data: FormData) =>
    startTransition(() => {
      show((before) => ({ ...before, [String(data.get("way"))]: data.get("on") === "yes" }));
      run(data);
    });
  const form = { group, action: run, send, of: title };
  return (
    <li className="grid gap-x-8 gap-y-2 border-t py-4 sm:grid-cols-[minmax(0,1fr)_16rem]">
      <div>
        <h2 className="text-sm font-semibold">{title}</h2>
        <p className="mt-0.5 max-w-prose text-sm text-muted">{about}</p>
        {always ? <p className="mt-0.5 max-w-prose text-sm text-muted">{always}</p> : null}
      </div>
      <div className="flex items-start gap-4">
        {always ? (
          <p className="tap flex h-9 w-28 items-center text-sm text-muted">Mail, always</p>
        ) : (
          <PreferenceSwitch {...form} way="mail" label="Mail" on={shown.mail} />
        )}
        {shown.slack === null ? null : <PreferenceSwitch {...form} way="slack" label="Slack" on={shown.slack} />}
      </div>
      <p
        role={result && !result.ok ? "alert" : "status"}
        className={`text-sm empty:hidden sm:col-span-2 ${toneOf(result)}`}
      >
        {said(result, email)}
      </p>
    </li>
  );
}

type Result = Awaited<ReturnType<FormAction<Membership | null>>> | null;

function toneOf(result: Result): string {
  if (!result) return "";
  if (!result.ok) return "border-l-2 border-bad pl-3 text-bad";
  return result.data === "absent" ? "border-l-2 border-warn pl-3 text-warn" : "text-muted";
}

/** What came of the last switch that was pressed here. */
function said(result: Result, email: string): string {
  if (!result) return "";
  if (!result.ok) return result.message;
  switch (result.data) {
    case null:
      return "Saved.";
    case "found":
      return "Saved. The bot finds you in the academy’s Slack and writes to you there.";
    case "absent":
      return `Saved, but nobody in the academy’s Slack has the address ${email}, so nothing reaches you there yet. Ask your academy to invite you by this address, or use here the one that you have there.`;
    case "unknown":
      return "Saved. Slack could not say just now whether you are in it; the first message will show.";
  }
}
