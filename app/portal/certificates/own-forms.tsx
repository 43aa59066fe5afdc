"use client";

import { createContext, type ReactNode, use, useRef } from "react";
import { CertificateFields } from "@/components/certificate/certificate-fields";
import { FormDialog } from "@/components/ui/form-dialog";
import { ToldLine, useTold } from "@/components/ui/told-line";
import type { OwnCertificate } from "@/db/queries/portal-certificates";
import { deleteOwnCertificateAction, editOwnCertificateAction, recordOwnCertificateAction } from "./actions";

/** A card that is gone can neither say so nor keep the focus: what is above the cards does. */
const TellDeleted = createContext(() => {});

/** The way to add a certificate, over those there are. */
export function OwnCertificates({ children }: { children: ReactNode }) {
  const [told, tell] = useTold();
  const line = useRef<HTMLDivElement>(null);
  const deleted = () => {
    tell("Deleted.");
    line.current?.querySelector("button")?.focus();
  };
  return (
    <TellDeleted value={deleted}>
      <div ref={line} className="mb-4 flex flex-wrap items-center gap-x-3">
        <FormDialog
          trigger="Add a certificate"
          title="Add a certificate"
          action={recordOwnCertificateAction}
          submit="Add the certificate"
          onDone={() => tell("Added.")}
        >
          {(errors) => <CertificateFields errors={errors} of="new" />}
        </FormDialog>
        <ToldLine told={told} />
      </div>
      {children}
    </TellDeleted>
  );
}

/** What a student can do with a certificate of their own. */
export function ChangeCertificate({ certificate }: { certificate: OwnCertificate }) {
  const { id, name, issuer, version } = certificate;
  const tellDeleted = use(TellDeleted);
  const [told, tell] = useTold();
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-2">
      <FormDialog
        trigger={
          <>
            Edit<span className="sr-only"> {name}</span>
          </>
        }
        title={`Edit ${name}`}
        action={editOwnCertificateAction}
        submit="Save"
        version={version}
        onDone={() => tell("Saved.")}
      >
        {(errors) => (
          <>
            <input type="hidden" name="certificateId" value={id} />
            <CertificateFields errors={errors} values={certificate} of={`certificate-${id}`} />
          </>
        )}
      </FormDialog>
      <FormDialog
        danger
        trigger={
          <>
            Delete<span className="sr-only"> {name}</span>
          </>
        }
        title={`Delete ${name}?`}
        action={deleteOwnCertificateAction}
        submit="Delete the certificate"
        onDone={tellDeleted}
      >
        {() => (
          <>
            <input type="hidden" name="certificateId" value={id} />
            <p className="text-sm break-words">
              It goes from here for good, and your academy no longer sees it. What {issuer} keeps of it stays there.
            </p>
          </>
        )}
      </FormDialog>
      <ToldLine told={told} />
    </div>
  );
}
