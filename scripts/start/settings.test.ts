import { describe, expect, it } from "vitest";
import { readAddress } from "./settings";

describe("the address of the web server", () => {
  it("is localhost:3000 unless told otherwise", () => {
    expect(readAddress({})).toEqual({ port: 3000, host: undefined, url: "http://localhost:3000" });
    expect(readAddress({ PORT: "", HOST: "" }).url).toBe("http://localhost:3000");
  });

  it("names PORT and HOST, but no wildcard", () => {
    expect(readAddress({ PORT: "8080", HOST: "192.0.2.7" }).url).toBe("http://192.0.2.7:8080");
    expect(readAddress({ HOST: "::1" }).url).toBe("http://[::1]:3000");
    expect(readAddress({ HOST: "0.0.0.0" })).toMatchObject({ host: "0.0.0.0", url: "http://localhost:3000" });
  });

  it("refuses what is no port", () => {
    for (const PORT of ["0", "70000", "3000.5", "http"]) expect(() => readAddress({ PORT })).toThrow(/is no port/);
  });
});
