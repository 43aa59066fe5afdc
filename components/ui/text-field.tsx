import type { ComponentProps, ReactNode } from "react";

type Props = ComponentProps<"textarea"> & {
  label: string;
  name: string;
  error?: string | undefined;
  hint?: ReactNode;
  optional?: boolean;
};

/** A labelled text of several lines with its error beside it. */
export function TextField({ label, name, error, hint, optional, id = name, rows = 4, ...area }: Props) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="flex items-baseline justify-between text-sm font-medium">
        {label}
        {optional ? <span className="label font-normal">optional</span> : null}
      </label>
      <textarea
        id={id}
        name={name}
        rows={rows}
        className="control h-auto w-full py-1.5"
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        {...area}
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
