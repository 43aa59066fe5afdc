"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { Settings } from "@/db/queries/settings";
import { changeSlackAction, removeSlackAction } from "./actions";
import { SavedForm } from "./saved-form";

/** Where the academy's Slack messages go. The address lets its holder write there, so it is never shown again. */
export function SlackSettings({ slack }: { slack: Settings["slack"] }) {
  return (
    <Panel title="Slack" aside={slack.value ? <Badge tone="good">connected</Badge> : <Badge>not connected</Badge>}>
      <div className="grid max-w-md gap-4">
        {slack.value ? (
          <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
            <p>
              Messages go to{" "}
              <code>
                {slack.value.host} …{slack.value.ending}
              </code>
            </p>
            <Dialog trigger="Disconnect" title="Disconnect Slack" look="danger" small>
              {(close) => (
                <ActionForm
                  action={removeSlackAction}
                  submit="Disconnect"
                  look="danger"
                  version={slack.version}
                  onDone={close}
                >
                  {() => (
                    <p className="text-sm">
                      The stored address is deleted, and no message goes to Slack until another one is saved.
                    </p>
                  )}
                </ActionForm>
              )}
            </Dialog>
          </div>
        ) : null}
        <SavedForm
          key={slack.version}
          action={changeSlackAction}
          submit={slack.value ? "Replace the address" : "Save the address"}
          version={slack.version}
          done="The address is saved."
        >
          {(fields) => (
            <Field
              label="Incoming webhook"
              name="webhook"
              type="password"
              required
              maxLength={500}
              autoComplete="off"
              spellCheck={false}
              error={fields.webhook}
              hint="Slack shows it under “Incoming Webhooks” of an app. It begins with https:// and is stored encrypted; afterwards only its host and last four characters are shown."
            />
          )}
        </SavedForm>
      </div>
    </Panel>
  );
}
