import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import GlobalError from "./global-error";

const markupOf = (digest?: string) =>
  renderToStaticMarkup(
    <GlobalError error={Object.assign(new Error("the words of a fault"), digest === undefined ? {} : { digest })} />,
  );

it("a page whose frame failed says so, under which id the log has it, and how to go on; not what the fault was", () => {
  const markup = markupOf("75359d5c-098e");
  expect(markup).toMatch(/^<html lang="en">/);
  expect(markup).toContain("This page did not load</h1>");
  expect(markup).toMatch(/tell your academy this id: <code[^>]*>75359d5c-098e<\/code>/);
  expect([...markup.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(["", "/"]);
  expect(markup).not.toContain("the words of a fault");
  expect(markupOf()).not.toContain("this id");
});
