import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/text-field";
import type { OwnDemo } from "@/db/queries/portal-demos";
import { TechnologiesField } from "./technologies-field";

type Props = {
  /** Ids of fields are unique on the page, which has a form for each demo. */
  id: string;
  errors: Record<string, string>;
  demo?: OwnDemo;
  offered: string[];
};

const LINKS = [
  { name: "demoUrl", label: "Demo link", hint: "Where it runs: https://…" },
  { name: "githubUrl", label: "Code link", hint: "Its repository: https://…" },
  { name: "thumbnailUrl", label: "Picture link", hint: "A screenshot or a film of it: https://…" },
] as const;

/** What a demo is, for the form that adds one and the form that changes one. */
export function DemoFields({ id, errors, demo, offered }: Props) {
  return (
    <>
      <Field
        id={`${id}-title`}
        label="Title"
        name="title"
        required
        maxLength={200}
        defaultValue={demo?.title}
        error={errors.title}
      />
      <TextField
        id={`${id}-description`}
        label="Description"
        name="description"
        optional
        maxLength={2_000}
        rows={3}
        defaultValue={demo?.description ?? ""}
        error={errors.description}
      />
      <Field
        id={`${id}-date`}
        label="Date"
        name="demoDate"
        type="date"
        optional
        hint="When you show it, or when it was done."
        defaultValue={demo?.demoDate ?? ""}
        error={errors.demoDate}
      />
      {LINKS.map(({ name, label, hint }) => (
        <Field
          key={name}
          id={`${id}-${name}`}
          label={label}
          name={name}
          type="url"
          optional
          hint={hint}
          defaultValue={demo?.[name] ?? ""}
          error={errors[name]}
        />
      ))}
      <TechnologiesField
        id={`${id}-technologies`}
        offered={offered}
        error={errors.technologies}
        {...(demo ? { words: demo.technologies } : {})}
      />
    </>
  );
}
