"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import type { Settings } from "@/db/queries/settings";
import { changeSlackAction, changeSlackBotAction, removeSlackAction, sendTestSlackAction } from "./actions";
import { SavedForm } from "./saved-form";

type Slack = Settings["slack"];

/** How the academy's Slack is reached. What lets its holder write there is never shown again. */
export function SlackSettings({ slack }: { slack: Slack }) {
  const { value, version } = slack;
  return (
    <Panel title="Slack" aside={value ? <Badge tone="good">connected</Badge> : <Badge>not connected</Badge>}>
      <div className="grid max-w-md gap-6">
        <p className="text-sm text-muted">
          New demo sessions, reminders on the day before, and cancellations are posted there. With a bot, people can
          also ask to be told in direct messages.
        </p>
        {value ? <Connected slack={value} version={version} /> : null}
        <SavedForm
          key={`webhook ${version}`}
          action={changeSlackAction}
          submit={value?.host ? "Replace the address" : "Save the address"}
          version={version}
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
              hint="Writes to one channel, the academy's. Slack shows it under “Incoming Webhooks” of an app. It begins with https:// and is stored encrypted; afterwards only its host and last four characters are shown."
            />
          )}
        </SavedForm>
        <div className="border-t pt-6">
          <SavedForm
            key={`bot ${version}`}
            action={changeSlackBotAction}
            submit={value?.channel ? "Replace the bot" : "Save the bot"}
            version={version}
            done="The bot is saved."
          >
            {(fields) => (
              <>
                <Field
                  label="Bot token"
                  name="token"
                  type="password"
                  required
                  maxLength={500}
                  autoComplete="off"
                  spellCheck={false}
                  error={fields.token}
                  hint="In place of a webhook: reaches the batches' own channels as well. Slack shows it under “OAuth & Permissions” of an app with the scope chat:write; to write to people it needs users:read and users:read.email as well. It is stored encrypted."
                />
                <Field
                  label="The academy's channel"
                  name="channel"
                  required
                  maxLength={80}
                  autoComplete="off"
                  spellCheck={false}
                  defaultValue={value?.channel ?? ""}
                  placeholder="#academy"
                  error={fields.channel}
                  hint="Invite the bot to it, and to the channels of the batches."
                />
              </>
            )}
          </SavedForm>
        </div>
      </div>
    </Panel>
  );
}

/** Where messages go, a way to try it, and the way out. */
function Connected({ slack, version }: { slack: NonNullable<Slack["value"]>; version: number }) {
  return (
    <div className="grid gap-3 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>
          {slack.channel ? (
            <>
              A bot writes to <code>{slack.channel}</code> and to the channels of the batches, with the token{" "}
              <code>…{slack.ending}</code>
            </>
          ) : (
            <>
              Messages go to{" "}
              <code>
                {slack.host} …{slack.ending}
              </code>
            </>
          )}
        </p>
        <Dialog trigger="Disconnect" title="Disconnect Slack" look="danger" small>
          {(close) => (
            <ActionForm action={removeSlackAction} submit="Disconnect" look="danger" version={version} onDone={close}>
              {() => (
                <p className="text-sm">
                  What is stored is deleted, and no message goes to Slack until it is connected again.
                </p>
              )}
            </ActionForm>
          )}
        </Dialog>
      </div>
      <SavedForm
        action={sendTestSlackAction}
        submit="Send a test message"
        version={version}
        done="It is on its way: whether Slack took it stands under “What was sent”."
      >
        {() => null}
      </SavedForm>
    </div>
  );
}
