import type { Role } from "@/db/enums";

const LANDINGS: Record<Role, string> = {
  admin: "/admin",
  instructor: "/admin/today",
  student: "/portal",
  user: "/welcome",
};

/** Where each role starts. Every landing admits its own role, so nobody is sent in circles. */
export const landingFor = (role: Role): string => LANDINGS[role];

/** Where people see and change what is their own: students in the frame of their portal. */
export const ownPageFor = (role: Role): string => (role === "student" ? "/portal/profile" : "/account");

/** A path of our own to return to after signing in, or null: never another origin, never back to a sign-in page. */
export function safeReturnPath(value: string | null | undefined): string | null {
  if (!value || !/^\/(?![/\\])/.test(value) || /[\s\\]/.test(value)) return null;
  return /^\/(login|signup|setup|api)([/?#]|$)/.test(value) ? null : value;
}
