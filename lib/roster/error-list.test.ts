import { expect, it } from "vitest";
import { errorList } from "./error-list";
import { readRow } from "./row";
import { readTable } from "./table";

it("the list of errors opens harmlessly in a spreadsheet and can be imported again", () => {
  const cells = ["ada@x.test", '=HYPERLINK("x")', "+49 (170) 1", "two\nlines"];
  const columns = ["email", "name", "phone", "note"];
  const text = errorList({
    file: { columns } as Parameters<typeof errorList>[0]["file"],
    rows: [
      { row: 7, kind: "error", email: "", name: "", changes: [], faults: ["One.", "Two, too."], cells },
      { row: 8, kind: "same", email: "", name: "", changes: [], faults: [] },
    ],
  });
  expect(text).toBe(
    `\uFEFFRow,Reason,email,name,phone,note\r\n7,"One. Two, too.",ada@x.test,"'=HYPERLINK(""x"")",'+49 (170) 1,"two\nlines"\r\n`,
  );
  const back = readTable(text.replace("\uFEFF", ""));
  if (!back.ok) throw new Error(back.message);
  const { records, columns: headings } = back.data;
  const at = (heading: string) => headings.indexOf(heading);
  const none = { firstName: null, lastName: null, batch: null, status: null, startDate: null, timeZone: null };
  const mapping = { ...none, email: at("email"), name: at("note"), phone: at("phone") };
  expect(readRow(records[0] ?? { row: 0, cells: [] }, mapping, headings.length)).toMatchObject({
    ...{ email: "ada@x.test", name: "two lines", phone: "+49 (170) 1" },
  });
});
