import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { issueSchema } from "../certificate-input";

type Props = {
  batches: { id: number; name: string; graduates: number }[];
  today: string;
  values: Record<string, string | string[] | undefined>;
  /** The form was sent and did not hold: what is wrong stands beside the fields. */
  tried: boolean;
};

/** Asks for a preview, nothing more: a plain form whose fields become the address. */
export function IssueForm({ batches, today, values, tried }: Props) {
  const given = (name: string) => (typeof values[name] === "string" ? values[name] : undefined);
  const parsed = tried ? issueSchema.safeParse(values) : null;
  const errorOf = (name: string) => parsed?.error?.issues.find(({ path }) => path[0] === name)?.message;
  return (
    <form className="grid content-start gap-4" noValidate>
      <SelectField
        label="Batch"
        name="batchId"
        required
        defaultValue={given("batchId") ?? ""}
        error={errorOf("batchId")}
      >
        <option value="">Choose a batch</option>
        {batches.map(({ id, name, graduates }) => (
          <option key={id} value={id}>
            {name} ({graduates} graduated)
          </option>
        ))}
      </SelectField>
      <Field
        label="Certificate"
        name="name"
        required
        maxLength={200}
        hint="Whoever holds a valid one of this name gets no second."
        defaultValue={given("name")}
        error={errorOf("name")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Issued on"
          name="dateIssued"
          type="date"
          required
          max={today}
          defaultValue={given("dateIssued") ?? today}
          error={errorOf("dateIssued")}
        />
        <Field
          label="Expires on"
          name="dateExpired"
          type="date"
          optional
          defaultValue={given("dateExpired")}
          error={errorOf("dateExpired")}
        />
      </div>
      <TextField
        label="Description"
        name="description"
        optional
        maxLength={2_000}
        rows={3}
        defaultValue={given("description")}
        error={errorOf("description")}
      />
      <Button type="submit">Show who gets one</Button>
    </form>
  );
}
