import type { Metadata } from "next";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { getSettings } from "@/db/queries/settings";
import { requireStaff } from "@/lib/auth/current";
import { localDate } from "@/lib/dates";
import { jobsBackend } from "@/lib/jobs/backend";
import { mailTransport } from "@/lib/notify/mailer";
import { AcademySettings } from "./academy";
import { EarlyWarning } from "./early-warning";
import { Holidays } from "./holidays";
import { MailSettings } from "./mail";
import { RestDays } from "./rest-days";
import { SlackSettings } from "./slack";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const viewer = await requireStaff("/admin/settings", "settings.change");
  const { academyName, timeZone, restDays, earlyWarning, slack, holidays, batches } = await getSettings(getDb());
  const transport = mailTransport();
  return (
    <>
      <PageHeader title="Settings" />
      <div className="grid max-w-3xl gap-10">
        <AcademySettings name={academyName} zone={timeZone} batches={batches} />
        <RestDays restDays={restDays} />
        <Holidays holidays={holidays} today={localDate(new Date(), timeZone.value ?? "UTC")} />
        <EarlyWarning earlyWarning={earlyWarning} />
        <SlackSettings slack={slack} />
        <MailSettings
          by={transport.by}
          from={transport.by === "smtp" ? transport.from : null}
          reason={transport.by === "none" ? transport.reason : null}
          jobsOff={jobsBackend() === "off"}
          address={viewer.email}
        />
      </div>
    </>
  );
}
