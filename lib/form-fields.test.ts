import { describe, expect, it } from "vitest";
import { dayField, orNull, webAddressField } from "./form-fields";

describe("a web address that others will click", () => {
  it.each(["https://example.org/cv.pdf", "http://www.linkedin.com/in/ana?x=1", " https://a.io "])("is %s", (text) => {
    expect(webAddressField.parse(text)).toBe(text.trim());
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt://example.org/%0aalert(1)",
    "data:text/html,x",
    "ftp://example.org",
    "file:///etc/passwd",
    "//example.org",
    "example.org",
    "https://",
    "https://localhost",
    `https://example.org/${"x".repeat(2_000)}`,
  ])("is not %s", (text) => {
    expect(webAddressField.safeParse(text).success).toBe(false);
  });
});

describe("a day", () => {
  it("is one of the calendar, in years that somebody can mean", () => {
    expect(dayField().parse(" 2028-02-29 ")).toBe("2028-02-29");
    for (const text of ["2026-02-29", "2026-13-01", "0001-01-01", "9999-01-01", "1.2.2026", ""]) {
      expect(dayField().safeParse(text).success, text).toBe(false);
    }
  });

  it("left empty is none where it may be", () => {
    expect(orNull(dayField()).parse("  ")).toBeNull();
    expect(orNull(dayField()).parse(undefined)).toBeNull();
    expect(orNull(dayField()).safeParse("soon").success).toBe(false);
  });
});
