"use client";

import { type ReactNode, startTransition, useActionState, useEffect, useRef } from "react";
import type { ActionResult, Failure } from "@/lib/errors";
import { Button } from "./button";

export type FormAction<T = undefined> = (previous: ActionResult<T> | null, data: FormData) => Promise<ActionResult<T>>;

type Props<T> = {
  action: FormAction<T>;
  submit: ReactNode;
  /** Gets the messages that stand beside the fields. */
  children: (fields: Record<string, string>) => ReactNode;
  className?: string;
  /** Plain where the form is not what people came to the page for, danger where it takes something away. */
  look?: "primary" | "plain" | "danger";
  /** The version of what is edited, sent along as `version`: when it is no longer the newest, the person chooses. */
  version?: number;
  /** Once it has worked, also where the page that came with the answer has this form no more. */
  onDone?: (data: T) => void;
  /** Draws what is around the form, as far as that depends on whether it was refused. */
  frame?: (form: ReactNode, refused: boolean) => ReactNode;
};

/**
 * The action's state, and `onDone` once for each answer that says it has worked. An answer can take the form away with
 * what it was about, and then no effect of the form ever sees it: so it is told on the way out, too.
 */
function useAnswers<T>(action: FormAction<T>, onDone: ((data: T) => void) | undefined) {
  const untold = useRef<ActionResult<T>>(null);
  const noting: FormAction<T> = async (previous, data) => {
    const answer = await action(previous, data);
    untold.current = answer;
    return answer;
  };
  // Drawn on the server it is the action itself, which a form can be sent to before any script has loaded.
  const state = useActionState(typeof window === "undefined" ? action : noting, null);
  const [result] = state;
  const listener = useRef(onDone);
  useEffect(() => {
    listener.current = onDone;
  });
  useEffect(() => {
    untold.current = null;
    if (result?.ok) listener.current?.(result.data);
  }, [result]);
  useEffect(
    () => () => {
      if (untold.current?.ok) listener.current?.(untold.current.data);
      untold.current = null;
    },
    [],
  );
  return state;
}

/**
 * A form around a server action. What was typed stays after a refusal, messages stand beside their fields and the first
 * one gets the focus. Before any script has loaded the form is sent as it is: the action runs and its messages stand
 * beside their fields all the same, but what was typed is gone, nothing gets the focus and `onDone` is not told.
 */
export function ActionForm<T = undefined>(props: Props<T>) {
  const { action, submit, children, className = "grid gap-4", look = "primary", version, onDone, frame } = props;
  const [result, run, pending] = useAnswers(action, onDone);
  const form = useRef<HTMLFormElement>(null);
  const refused = result && !result.ok ? result : null;
  const fields = refused?.fields ?? {};
  const send = (data: FormData) => startTransition(() => run(data));

  useEffect(() => {
    if (!refused) return;
    const invalid = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (invalid ?? form.current?.querySelector<HTMLElement>("[data-form-message]"))?.focus();
  }, [refused]);

  const drawn = (
    <form
      ref={form}
      action={run}
      className={className}
      noValidate
      onSubmit={(event) => {
        // Submitting by hand keeps React from resetting the fields once the action answers.
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
      }}
    >
      {version === undefined ? null : <input type="hidden" name="version" value={version} />}
      {refused?.current ? (
        <Conflict
          refused={refused}
          current={refused.current}
          form={form.current}
          onKeepMine={(newest) => {
            if (!form.current) return;
            const data = new FormData(form.current);
            data.set("version", String(newest));
            send(data);
          }}
        />
      ) : refused && Object.keys(fields).length === 0 ? (
        <p role="alert" data-form-message tabIndex={-1} className="border-l-2 border-bad pl-3 text-sm text-bad">
          {refused.message}
        </p>
      ) : null}
      {children(fields)}
      <Button type="submit" look={look} disabled={pending} className="w-full">
        {pending ? "One moment…" : submit}
      </Button>
    </form>
  );
  return frame ? frame(drawn, refused !== null) : drawn;
}

type ConflictProps = {
  refused: Failure;
  current: NonNullable<Failure["current"]>;
  form: HTMLFormElement | null;
  onKeepMine: (newest: number) => void;
};

/** Both versions of what differs, and the choice between them; nothing that was typed is lost by itself. */
function Conflict({ refused, current, form, onKeepMine }: ConflictProps) {
  const typed = form ? new FormData(form) : new FormData();
  const differing = Object.entries(current.values).filter(
    ([name, value]) => typed.has(name) && String(typed.get(name)) !== (value ?? ""),
  );
  const labelOf = (name: string) =>
    form
      ?.querySelector(`[name="${CSS.escape(name)}"]`)
      ?.closest("div, label")
      ?.querySelector("label")?.firstChild?.textContent ?? name;
  return (
    <div role="alert" data-form-message tabIndex={-1} className="grid gap-2 border-l-2 border-warn pl-3 text-sm">
      <p className="font-medium">{refused.message}</p>
      {differing.length > 0 ? (
        <dl className="grid gap-1">
          {differing.map(([name, value]) => (
            <div key={name}>
              <dt className="label">{labelOf(name)}</dt>
              <dd>
                saved: <strong>{value || "empty"}</strong>, yours: <strong>{String(typed.get(name)) || "empty"}</strong>
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => onKeepMine(current.version)}>
          Save mine over it
        </Button>
        <Button small onClick={() => window.location.reload()}>
          Take what was saved
        </Button>
      </div>
    </div>
  );
}
