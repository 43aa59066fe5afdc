import type { ComponentProps, ReactNode } from "react";

type Props = ComponentProps<"select"> & { label: string; name: string; error?: string | undefined; hint?: ReactNode };

/** A labelled choice with its error beside it; the options are its children. */
export function SelectField({ label, name, error, hint, id = name, children, ...select }: Props) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <select
        id={id}
        name={name}
        className="control w-full"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        {...select}
      >
        {children}
      </select>
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
