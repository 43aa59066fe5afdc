import clsx from "clsx";
import type { ComponentProps } from "react";

type Look = { look?: "primary" | "plain" | "danger" | "quiet"; small?: boolean };

/** Classes of app/globals.css. */
export const buttonClass = ({ look = "plain", small = false }: Look = {}): string =>
  `tap button button-${look}${small ? " button-small" : ""}`;

export function Button({ look, small, className, type = "button", ...props }: ComponentProps<"button"> & Look) {
  return (
    <button
      type={type}
      className={clsx(buttonClass({ ...(look && { look }), ...(small && { small }) }), className)}
      {...props}
    />
  );
}
