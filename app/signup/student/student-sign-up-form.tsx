"use client";

import { useEffect, useRef } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { AccountFields } from "../account-fields";
import { signUpStudentAction } from "../actions";

/** The key of a link `/signup/student#key=…`; the part after # never leaves the browser, so no log has it. */
const keyInAddress = () => new URLSearchParams(window.location.hash.slice(1)).get("key");

export function StudentSignUpForm() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const take = () => {
      const key = keyInAddress();
      if (!key || !input.current) return;
      input.current.value = key.slice(0, 64);
      // It need not stay in the address bar, the history or a shared screen.
      window.history.replaceState(null, "", window.location.pathname);
    };
    take();
    // A link that is followed while the page is open.
    window.addEventListener("hashchange", take);
    return () => window.removeEventListener("hashchange", take);
  }, []);
  return (
    <ActionForm action={signUpStudentAction} submit="Join your batch">
      {(fields) => (
        <>
          <Field
            ref={input}
            label="Registration key"
            name="registrationKey"
            required
            autoComplete="off"
            spellCheck={false}
            error={fields.registrationKey}
            hint="From your academy, by link or on paper."
          />
          <AccountFields fields={fields} />
        </>
      )}
    </ActionForm>
  );
}
