import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Dialog } from "./dialog";
import { ZoneField } from "./zone-field";

it("a dialog that was never opened is not sent along: a page of many rows has one for each", () => {
  const markup = renderToStaticMarkup(
    <Dialog trigger="Edit" title="Edit the holiday">
      {() => <p>a form</p>}
    </Dialog>,
  );
  expect(markup).toContain("Edit");
  expect(markup).not.toMatch(/<dialog|a form/);
});

it("the names of all time zones are not sent along either", () => {
  const markup = renderToStaticMarkup(<ZoneField defaultValue="Europe/Lisbon" />);
  expect(markup).toContain('value="Europe/Lisbon"');
  expect(markup).not.toContain("<option");
});
