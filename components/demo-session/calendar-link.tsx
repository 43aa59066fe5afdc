"use client";

import { useState } from "react";
import { ActionForm, type FormAction } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";

type Props = {
  /** The path of one's own feed; null without a link. It is a secret: nobody else's page gets it. */
  path: string | null;
  /** When a calendar last read it, in words; null when none has yet. */
  lastRead: string | null;
  issue: FormAction;
  revoke: FormAction;
};

/** The link by which one's own calendar program reads the demo sessions: make, copy, replace and end it. */
export function CalendarLink({ path, lastRead, issue, revoke }: Props) {
  const [told, setTold] = useState("");
  return (
    <div className="grid gap-3 text-sm">
      <p className="max-w-prose text-muted">
        {path
          ? "Give this link to your calendar program as a subscription. Changes and cancellations follow by themselves."
          : "A link that your calendar program subscribes to: it shows the sessions at your own hour, with changes and cancellations."}
      </p>
      {path ? (
        <>
          <div className="flex flex-wrap gap-2">
            <CopyButton text={path} label="Copy the calendar link">
              Copy the link
            </CopyButton>
            <Button small onClick={() => window.location.assign(`webcal://${window.location.host}${path}`)}>
              Open in my calendar
            </Button>
            <Ask
              trigger="Replace…"
              title="Replace the calendar link"
              submit="Replace the link"
              action={issue}
              onDone={() => setTold("There is a new link; the old one has ended.")}
            >
              The old link ends at once: every calendar that reads it needs the new one.
            </Ask>
            <Ask
              trigger="End…"
              title="End the calendar link"
              submit="End the link"
              action={revoke}
              onDone={() => setTold("The link has ended.")}
            >
              Calendars that read it get nothing any more, and may keep showing what they have.
            </Ask>
          </div>
          <p className="label">
            {lastRead ? `Last read by a calendar ${lastRead}.` : "No calendar has read it yet."} Whoever has the link
            sees your sessions: keep it to yourself.
          </p>
        </>
      ) : (
        <ActionForm
          action={issue}
          submit="Make a calendar link"
          look="plain"
          className="max-w-60"
          onDone={() => setTold("Your link is ready.")}
        >
          {() => null}
        </ActionForm>
      )}
      <p role="status" className="text-good">
        {told}
      </p>
    </div>
  );
}

type AskProps = {
  trigger: string;
  title: string;
  submit: string;
  action: FormAction;
  onDone: () => void;
  children: string;
};

function Ask({ trigger, title, submit, action, onDone, children }: AskProps) {
  return (
    <Dialog trigger={trigger} title={title} look="quiet" small>
      {(close) => (
        <ActionForm
          action={action}
          submit={submit}
          look="danger"
          onDone={() => {
            close();
            onDone();
          }}
        >
          {() => <p className="text-muted">{children}</p>}
        </ActionForm>
      )}
    </Dialog>
  );
}
