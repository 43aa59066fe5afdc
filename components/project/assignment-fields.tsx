import { Field } from "@/components/ui/field";

type Facts = { resumeUrl: string | null; linkedinUrl: string | null; offerDate: string | null };

/** `of` sets these fields apart from those of another form on the same page. */
type Props = { errors: Record<string, string>; values: Facts; of: string };

/** Links and offer that are kept with a student's part of a project, for staff's form and the student's own. */
export function AssignmentFields({ errors, values, of }: Props) {
  const named = (name: keyof Facts) => ({
    id: `${of}-${name}`,
    name,
    defaultValue: values[name] ?? "",
    error: errors[name],
  });
  return (
    <>
      <Field label="Resume" type="url" optional hint="A web address: https://…" {...named("resumeUrl")} />
      <Field label="LinkedIn" type="url" optional hint="A web address: https://…" {...named("linkedinUrl")} />
      <Field label="Offer date" type="date" optional {...named("offerDate")} />
    </>
  );
}
