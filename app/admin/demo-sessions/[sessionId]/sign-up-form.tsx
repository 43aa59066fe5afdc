"use client";

import { useEffect, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import type { SignupCandidate } from "@/db/queries/signup-candidates";
import { signUpAction } from "./actions";

const TYPING_MS = 250;

type Props = { sessionId: number; full: boolean; onDone: (words: string) => void };

/** Signs a student up in their stead: found by name, with a demo and notes as they would give them. */
export function SignUpForm({ sessionId, full, onDone }: Props) {
  return (
    <Dialog trigger="Sign somebody up" title="Sign somebody up" look="plain" small>
      {(close) => (
        <Fields
          sessionId={sessionId}
          full={full}
          onDone={(words) => {
            onDone(words);
            close();
          }}
        />
      )}
    </Dialog>
  );
}

function Fields({ sessionId, full, onDone }: Props) {
  const [search, setSearch] = useState("");
  const [round, setRound] = useState(0);
  const [chosen, setChosen] = useState<SignupCandidate | null>(null);
  const { found, failed } = useCandidates(sessionId, search, round);
  return (
    <ActionForm
      key={round}
      action={signUpAction}
      submit={full ? "Put on the waiting list" : "Sign up"}
      onDone={({ status, place }) => {
        onDone(`${chosen?.name} ${status === "scheduled" ? "has a place" : `waits as number ${place}`}.`);
        setChosen(null);
        setSearch("");
        setRound(round + 1);
      }}
    >
      {(errors) => (
        <>
          <input type="hidden" name="sessionId" value={sessionId} />
          <Field
            label="Student"
            name="search"
            id="signup-search"
            type="search"
            autoComplete="off"
            hint="A part of the name."
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <fieldset className="grid">
            <legend className="label pb-1">Who can get a place and has none here yet</legend>
            <div className="max-h-56 overflow-y-auto border-t">
              {(found ?? []).map((student) => (
                <label key={student.studentId} className="tap flex items-center gap-2.5 py-1.5 text-sm">
                  <input
                    type="radio"
                    name="studentId"
                    value={student.studentId}
                    className="size-4 accent-accent"
                    checked={chosen?.studentId === student.studentId}
                    onChange={() => setChosen(student)}
                  />
                  <span>
                    {student.name} <span className="text-muted">{student.batchName}</span>
                  </span>
                </label>
              ))}
              <p role="status" className="py-1.5 text-sm text-muted empty:hidden">
                {failed ? "They could not be loaded." : found?.length === 0 ? "Nobody is found." : ""}
              </p>
            </div>
          </fieldset>
          {errors.studentId ? (
            <p role="alert" className="text-sm text-bad">
              {errors.studentId}
            </p>
          ) : null}
          {chosen && chosen.demos.length > 0 ? (
            <SelectField
              key={chosen.studentId}
              label="Demo"
              name="demoId"
              id="signup-demo"
              defaultValue=""
              error={errors.demoId}
            >
              <option value="">None yet</option>
              {chosen.demos.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </SelectField>
          ) : null}
          <TextField
            label="What they show"
            name="notes"
            id="signup-notes"
            optional
            rows={2}
            maxLength={1_000}
            error={errors.notes}
          />
        </>
      )}
    </ActionForm>
  );
}

/** Asked a moment after the last letter; an answer that was overtaken is dropped. */
function useCandidates(sessionId: number, search: string, round: number) {
  const [found, setFound] = useState<SignupCandidate[] | null>(null);
  const [failed, setFailed] = useState(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again in each round, when somebody fewer is to be found
  useEffect(() => {
    const overtaken = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const query = new URLSearchParams({ q: search.trim() });
        const response = await fetch(`/api/demo-sessions/${sessionId}/candidates?${query}`, {
          signal: overtaken.signal,
        });
        const { data } = (await response.json()) as { data: { students: SignupCandidate[] } };
        setFound(data.students);
        setFailed(false);
      } catch {
        if (!overtaken.signal.aborted) setFailed(true);
      }
    }, TYPING_MS);
    return () => {
      clearTimeout(timer);
      overtaken.abort();
    };
  }, [sessionId, search, round]);

  return { found, failed };
}
