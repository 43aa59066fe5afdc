import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";

export type OwnDemo = { id: number; title: string };

type Props = {
  /** Ids of fields are unique on the page, which has a form for each session. */
  id: string;
  demos: OwnDemo[];
  fields: Record<string, string>;
  demoId?: number | null;
  notes?: string | null;
};

/** What one presents and what staff should know, both left open if one likes. */
export function SignupFields({ id, demos, fields, demoId, notes }: Props) {
  return (
    <>
      {demos.length > 0 ? (
        <SelectField
          id={`${id}-demo`}
          name="demoId"
          label="Your demo"
          defaultValue={demoId ?? ""}
          error={fields.demoId}
        >
          <option value="">Not decided yet</option>
          {demos.map((demo) => (
            <option key={demo.id} value={demo.id}>
              {demo.title}
            </option>
          ))}
        </SelectField>
      ) : null}
      <TextField
        id={`${id}-notes`}
        name="notes"
        label="Notes for staff"
        optional
        rows={3}
        defaultValue={notes ?? ""}
        hint="What you need for it, or when you can be there."
        error={fields.notes}
      />
    </>
  );
}
