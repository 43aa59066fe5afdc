import clsx from "clsx";
import type { ComponentProps } from "react";

const LOOKS = {
  primary: "bg-accent text-on-accent border-transparent hover:brightness-95",
  plain: "bg-raised border-strong-line hover:bg-sunken",
  danger: "bg-raised border-bad text-bad hover:bg-sunken",
  quiet: "border-transparent text-muted hover:bg-sunken hover:text-ink",
};

type Look = { look?: keyof typeof LOOKS; small?: boolean };

export const buttonClass = ({ look = "plain", small = false }: Look = {}): string =>
  clsx(
    "tap inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50",
    small ? "h-8 px-2.5 text-sm" : "h-9 px-3.5 text-sm",
    LOOKS[look],
  );

export function Button({ look, small, className, type = "button", ...props }: ComponentProps<"button"> & Look) {
  return (
    <button
      type={type}
      className={clsx(buttonClass({ ...(look && { look }), ...(small && { small }) }), className)}
      {...props}
    />
  );
}
