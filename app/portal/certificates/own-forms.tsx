"use client";

import { createContext, type ReactNode, use, useRef, useState } from "react";
import { CertificateFields } from "@/components/certificate/certificate-fields";
import { FormDialog } from "@/components/ui/form-dialog";
import type { OwnCertificate } from "@/db/queries/portal-certificates";
import { deleteOwnCertificateAction, editOwnCertificateAction, recordOwnCertificateAction } from "./actions";

const Told = ({ children }: { children: string }) => (
  <p role="status" className="text-sm text-good">
    {children}
  </p>
);

/** A card that is gone can neither say so nor keep the focus: what is above the cards does. */
const TellDeleted = createContext(() => {});

/** The way to add a certificate, over those there are. */
export function OwnCertificates({ children }: { children: ReactNode }) {
  const [told, setTold] = useState("");
  const line = useRef<HTMLDivElement>(null);
  const deleted = () => {
    setTold("Deleted.");
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
          onDone={() => setTold("Added.")}
        >
          {(errors) => <CertificateFields errors={errors} of="new" />}
        </FormDialog>
        <Told>{told}</Told>
      </div>
      {children}
    </TellDeleted>
  );
}

/** What a student can do with a certificate of their own. */
export function ChangeCertificate({ certificate }: { certificate: OwnCertificate }) {
  const { id, name, issuer, version } = certificate;
  const tellDeleted = use(TellDeleted);
  const [told, setTold] = useState("");
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
        onDone={() => setTold("Saved.")}
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
      <Told>{told}</Told>
    </div>
  );
}
