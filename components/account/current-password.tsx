import { Field } from "@/components/ui/field";

/** Asked before what only the owner of an account may do. `id` where a page asks more than once. */
export function CurrentPassword({ email, error, id }: { email: string; error: string | undefined; id?: string }) {
  return (
    <>
      {/* For password managers: whose password this is. */}
      <input hidden type="text" name="username" autoComplete="username" value={email} readOnly />
      <Field
        {...(id && { id })}
        label="Current password"
        name="currentPassword"
        type="password"
        autoComplete="current-password"
        required
        error={error}
      />
    </>
  );
}
