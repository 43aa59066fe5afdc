import type { ReactNode } from "react";

export type FrameProps = {
  label: string;
  name: string;
  error?: string | undefined;
  hint?: ReactNode;
  optional?: boolean | undefined;
};

/** What the control itself needs so that its rules and its error are read out with it. */
export const describedBy = ({ id, error, hint }: { id: string; error?: string | undefined; hint?: ReactNode }) => ({
  "aria-invalid": error ? true : undefined,
  "aria-describedby": [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined,
});

/** Around the control `id`: its label, its rules, and its error beside it. */
export function FieldFrame(props: Omit<FrameProps, "name"> & { id: string; children: ReactNode }) {
  const { id, label, error, hint, optional, children } = props;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="flex items-baseline justify-between text-sm font-medium">
        {label}
        {optional ? <span className="label font-normal">optional</span> : null}
      </label>
      {children}
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
