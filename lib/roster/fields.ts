export const ROSTER_FIELDS = [
  "email",
  "name",
  "firstName",
  "lastName",
  "batch",
  "status",
  "startDate",
  "phone",
  "timeZone",
] as const;
export type RosterField = (typeof ROSTER_FIELDS)[number];

export const FIELD_LABELS: Record<RosterField, string> = {
  email: "E-mail",
  name: "Name",
  firstName: "First name",
  lastName: "Last name",
  batch: "Batch",
  status: "Status",
  startDate: "Start date",
  phone: "Phone",
  timeZone: "Time zone",
};

/** Which column has which field, by its place; null where none has. */
export type RosterMapping = Record<RosterField, number | null>;

/** Headings as people write them: lower case, letters and digits only. */
const HEADINGS: Record<RosterField, string[]> = {
  email: ["email", "emailaddress", "mail", "mailaddress", "emails", "useremail", "studentemail", "correo", "courriel"],
  name: ["name", "fullname", "student", "studentname", "displayname", "nombre", "nom"],
  firstName: ["firstname", "first", "givenname", "given", "forename", "vorname", "prenom"],
  lastName: ["lastname", "last", "surname", "familyname", "family", "nachname"],
  batch: ["batch", "batchname", "cohort", "cohortname", "class", "group"],
  status: ["status", "enrolmentstatus", "enrollmentstatus", "state"],
  startDate: ["startdate", "start", "from", "fromdate", "startson", "startedon", "enrolledon"],
  phone: ["phone", "phonenumber", "mobile", "mobilephone", "mobilenumber", "telephone", "tel", "cell", "telefon"],
  timeZone: ["timezone", "tz", "zone"],
};

const plain = (heading: string) =>
  heading
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

const nothing = (): RosterMapping => Object.fromEntries(ROSTER_FIELDS.map((field) => [field, null])) as RosterMapping;

/** What each column most likely is. Without headings only the e-mail addresses give themselves away. */
export function guessMapping(columns: string[], firstRow: string[], hasHeadings: boolean): RosterMapping {
  const mapping = nothing();
  if (!hasHeadings) {
    const at = firstRow.findIndex((cell) => cell.includes("@"));
    return { ...mapping, email: at < 0 ? null : at };
  }
  const headings = columns.map(plain);
  for (const field of ROSTER_FIELDS) {
    const at = headings.findIndex((heading) => HEADINGS[field].includes(heading));
    if (at >= 0) mapping[field] = at;
  }
  return mapping.name === null ? mapping : { ...mapping, firstName: null, lastName: null };
}

/** Columns without which nothing can be imported, in words; empty when all are there. */
export function missingColumns(mapping: RosterMapping): string[] {
  const named = mapping.name !== null || mapping.firstName !== null || mapping.lastName !== null;
  return [...(mapping.email === null ? ["E-mail"] : []), ...(named ? [] : ["Name (or first and last name)"])];
}
