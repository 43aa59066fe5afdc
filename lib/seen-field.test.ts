import { expect, it } from "vitest";
import { seenField } from "./seen-field";

const field = seenField(["name", "phone"]);

it("reads what the form showed, and takes anything else for a form that said nothing", () => {
  expect(field.parse('{"name":"Ana","phone":null}')).toEqual({ name: "Ana", phone: null });
  for (const other of [undefined, "", "{", "[]", '{"name":"Ana"}', '{"name":1,"phone":null}']) {
    expect(field.parse(other), String(other)).toBeUndefined();
  }
});
