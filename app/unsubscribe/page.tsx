import type { Metadata } from "next";
import Link from "next/link";
import { GatePage } from "@/components/layout/gate-page";
import { getDb } from "@/db/client";
import { getSubscription } from "@/db/queries/notification-preferences";
import { groupWords } from "@/lib/notify/group-words";
import { readUnsubscribeToken } from "@/lib/notify/unsubscribe-link";
import { SwitchForm } from "./switch-form";

export const metadata: Metadata = { title: "Mails from your academy", referrer: "no-referrer", robots: "noindex" };

/** Where the link at the end of a mail leads. Opening it changes nothing: mail programs open links too. */
export default async function UnsubscribePage({ searchParams }: PageProps<"/unsubscribe">) {
  const { token } = await searchParams;
  const about = readUnsubscribeToken(token);
  const found = about && (await getSubscription(getDb(), about));
  if (!found) {
    return (
      <GatePage
        title="This link does not work"
        lead="It is not whole, or its account is gone. Open it from the mail once more, or choose what you are told under “Notifications”."
      >
        {null}
      </GatePage>
    );
  }
  const { these } = groupWords[about.group];
  const settings = (
    <>
      All that you are told, and how, is under{" "}
      <Link href="/notifications" className="reach text-ink underline underline-offset-2">
        Notifications
      </Link>
      , once you are signed in.
    </>
  );
  return found.mail ? (
    <GatePage title="No more of these mails?" lead={`${found.academy} mails you ${these}.`} foot={settings}>
      <SwitchForm token={String(token)} on={false} submit="Stop these mails" />
    </GatePage>
  ) : (
    <GatePage
      title="These mails are switched off"
      lead={`${found.academy} no longer mails you ${these}.`}
      foot={settings}
    >
      <SwitchForm token={String(token)} on submit="Send them again" />
    </GatePage>
  );
}
