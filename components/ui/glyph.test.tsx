import { Bell, Sun, Users } from "lucide-react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Glyph } from "./glyph";

const shapes = (markup: string) => [...markup.matchAll(/<(path|circle|rect|line) [^>]*?\/?>/g)].map(([, tag]) => tag);
const paths = (markup: string) => [...markup.matchAll(/ d="([^"]+)"/g)].map(([, path]) => path);

it("an icon has the shapes that the library draws, without its component", () => {
  for (const Icon of [Bell, Sun, Users]) {
    const own = renderToStaticMarkup(<Icon aria-hidden />);
    const drawn = renderToStaticMarkup(<Glyph of={Icon} className="size-4" />);
    expect(drawn).toMatch(/^<svg viewBox="0 0 24 24" aria-hidden="true" class="glyph size-4">/);
    expect(shapes(drawn)).toEqual(shapes(own));
    expect(paths(drawn)).toEqual(paths(own));
    expect(drawn).not.toContain("key=");
  }
});
