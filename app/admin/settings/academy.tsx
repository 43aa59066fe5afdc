"use client";

import { Field } from "@/components/ui/field";
import { Panel } from "@/components/ui/panel";
import { ZoneField } from "@/components/ui/zone-field";
import type { Setting, Settings } from "@/db/queries/settings";
import { formatCount } from "@/lib/format";
import { changeNameAction, changeZoneAction } from "./actions";
import { SavedForm } from "./saved-form";

type Props = { name: Setting<string>; zone: Setting<string>; batches: Settings["batches"] };

/** What the academy is called, and where it is. */
export function AcademySettings({ name, zone, batches }: Props) {
  return (
    <Panel title="Academy">
      <div className="grid gap-8 sm:grid-cols-2">
        <SavedForm action={changeNameAction} submit="Save the name" version={name.version} done="The name is saved.">
          {(fields) => (
            <Field
              label="Name of the academy"
              name="academyName"
              required
              maxLength={100}
              defaultValue={name.value ?? ""}
              error={fields.academyName}
              hint="Stands on the dashboard and in every mail."
            />
          )}
        </SavedForm>
        <SavedForm
          action={changeZoneAction}
          submit="Save the time zone"
          version={zone.version}
          done="The time zone is saved."
        >
          {(fields) => (
            <ZoneField
              defaultValue={zone.value ?? ""}
              error={fields.timeZone}
              hint={
                <ul className="grid list-disc gap-0.5 pl-4">
                  <li>The nightly sync starts at 23:30 of this zone, from the next night on.</li>
                  <li>Dates of the audit log’s filters and of staff without a zone of their own follow at once.</li>
                  <li>
                    Batches keep their own zones
                    {batches.elsewhere > 0
                      ? ` (${formatCount(batches.elsewhere)} of ${formatCount(batches.total)} live in another one)`
                      : ""}
                    , and so do students and demo sessions. Days that are stored stay as they are.
                  </li>
                </ul>
              }
            />
          )}
        </SavedForm>
      </div>
    </Panel>
  );
}
