import type { ComponentProps, ReactNode } from "react";

type Props = ComponentProps<"input"> & {
  label: string;
  name: string;
  error?: string | undefined;
  hint?: ReactNode;
  optional?: boolean;
};

/** A labelled input with its rules before and its error beside it, both read out with the field. */
export function Field({ label, name, error, hint, optional, id = name, ...input }: Props) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="flex items-baseline justify-between text-sm font-medium">
        {label}
        {optional ? <span className="label font-normal">optional</span> : null}
      </label>
      <input
        id={id}
        name={name}
        className="control w-full"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        {...input}
      />
      {hint ? (
        <div id={`${id}-hint`} className="label">
          {hint}
        </div>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-sm text-bad">
          {error}
        </p>
      ) : null}
    </div>
  );
}
