import { SelectField } from "@/components/ui/select-field";
import type { Weekday } from "@/lib/demo-sessions/weekly-rule";
import { WEEKDAYS } from "./session-words";

type Props = { value: Weekday; onChange: (weekday: Weekday) => void; error?: string | undefined };

/** Which day of the week. */
export function WeekdayField({ value, onChange, error }: Props) {
  return (
    <SelectField
      label="Weekday"
      name="weekday"
      value={value}
      error={error}
      onChange={(event) => onChange(Number(event.target.value) as Weekday)}
    >
      {WEEKDAYS.map((day, place) => (
        <option key={day} value={place + 1}>
          {day}
        </option>
      ))}
    </SelectField>
  );
}
