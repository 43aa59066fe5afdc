"use client";

import Link from "next/link";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import type { KeyState } from "@/db/enums";
import type { BatchKey } from "@/db/queries/batch-page";
import { formatCount, formatDate } from "@/lib/format";
import { KEY_STATE_WORDS } from "@/lib/lists/words";
import { limitKeyAction, rotateKeyAction, switchKeyAction } from "../actions";
import { KEY_TONES } from "../batch-words";

type Registration = Omit<BatchKey, "usedBy"> & { usedBy: (BatchKey["usedBy"][number] & { ago: string })[] };
type Props = { batchId: number; version: number; state: KeyState; registration: Registration };

/** The part after # is read by the form in the browser and never sent to a server, so that no log has it. */
const linkOf = (key: string) => `/signup/student#key=${encodeURIComponent(key)}`;

/** The registration key of a batch, for those who may see it: to hand out, and to limit. */
export function KeyPanel({ batchId, version, state, registration }: Props) {
  const { key, active, lastDay, maxUses, uses, usedBy } = registration;
  const hidden = <input type="hidden" name="batchId" value={batchId} />;
  return (
    <div className="grid gap-3 text-sm">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <code className="font-mono text-base break-all" data-registration-key>
          {key}
        </code>
        <Badge tone={KEY_TONES[state]}>{KEY_STATE_WORDS[state]}</Badge>
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={key} label="Copy the key">
          Copy key
        </CopyButton>
        <CopyButton text={linkOf(key)} label="Copy the link">
          Copy link
        </CopyButton>
      </div>
      <p className="text-muted">
        {maxUses === null
          ? `Used ${formatCount(uses)} times, no limit`
          : `Used ${formatCount(uses)} of ${formatCount(maxUses)} times`}
        {lastDay ? ` · until ${formatDate(lastDay)}` : " · no last day"}
      </p>
      <div className="flex flex-wrap gap-2">
        <ActionForm
          key={`${active}`}
          action={switchKeyAction}
          submit={active ? "Switch off" : "Switch on"}
          look="plain"
          className="[&>button]:w-auto"
        >
          {() => (
            <>
              {hidden}
              <input type="hidden" name="active" value={active ? "off" : "on"} />
            </>
          )}
        </ActionForm>
        <Dialog key={`limits ${version}`} trigger="Limits" title="Limits of the key">
          {(close) => (
            <ActionForm action={limitKeyAction} submit="Save" version={version} onDone={close}>
              {(errors) => (
                <>
                  {hidden}
                  <Field
                    label="Last day"
                    name="lastDay"
                    type="date"
                    optional
                    defaultValue={lastDay ?? ""}
                    hint="It lets students in until the end of that day, in the batch's time zone."
                    error={errors.lastDay}
                  />
                  <Field
                    label="Most sign-ups"
                    name="maxUses"
                    type="number"
                    inputMode="numeric"
                    min={1}
                    optional
                    defaultValue={maxUses ?? ""}
                    hint={`Counts all sign-ups into this batch by a key, earlier keys too: ${formatCount(uses)} so far.`}
                    error={errors.maxUses}
                  />
                </>
              )}
            </ActionForm>
          )}
        </Dialog>
        <Dialog key={`new ${version}`} trigger="New key" title="Make a new key?">
          {(close) => (
            <ActionForm action={rotateKeyAction} submit="Make a new key" version={version} onDone={close}>
              {() => (
                <>
                  {hidden}
                  <p>
                    The key of now lets nobody in from this moment on, and neither do links with it. Who has joined
                    already stays.
                  </p>
                </>
              )}
            </ActionForm>
          )}
        </Dialog>
      </div>
      {uses > 0 ? (
        <details>
          <summary className="tap cursor-pointer py-1 text-muted hover:text-ink">
            Used by {formatCount(uses)} {uses === 1 ? "person" : "people"}
          </summary>
          <ul className="mt-1 max-h-60 overflow-y-auto border-t">
            {usedBy.map((use) => (
              <li key={use.id} className="flex justify-between gap-3 border-b py-1.5">
                {use.studentId ? (
                  <Link
                    href={`/admin/students/${use.studentId}`}
                    className="truncate underline-offset-2 hover:underline"
                  >
                    {use.name}
                  </Link>
                ) : (
                  <span className="truncate">{use.name}</span>
                )}
                <time dateTime={use.at} className="label shrink-0">
                  {use.ago}
                </time>
              </li>
            ))}
          </ul>
          {uses > usedBy.length ? (
            <p className="label mt-1">The latest {formatCount(usedBy.length)} are named.</p>
          ) : null}
        </details>
      ) : null}
    </div>
  );
}
