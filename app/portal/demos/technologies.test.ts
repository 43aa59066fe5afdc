import { describe, expect, it } from "vitest";
import { newDemoSchema } from "./demo-input";
import { readTechnologies } from "./technologies";

describe("technologies as somebody writes them", () => {
  it("are each there once, as first written, without blanks around and between them", () => {
    expect(readTechnologies(" React,  node   js , react,,REACT, C# ,")).toEqual(["React", "node js", "C#"]);
    expect(readTechnologies("  , ,")).toEqual([]);
  });
});

const form = (more: Record<string, string>) => newDemoSchema.safeParse({ title: "Tide tables", ...more });
const words = (count: number) => Array.from({ length: count }, (_, index) => `tool ${index}`).join(", ");

describe("the form of a demo", () => {
  it("keeps the day to the letter, and nothing where nothing was typed", () => {
    expect(form({ demoDate: "2026-03-01", description: " ", demoUrl: "" }).data).toEqual({
      title: "Tide tables",
      description: null,
      demoDate: "2026-03-01",
      demoUrl: null,
      githubUrl: null,
      thumbnailUrl: null,
      technologies: [],
    });
  });

  it("takes twenty technologies of forty characters, not more", () => {
    expect(form({ technologies: words(20) }).data?.technologies).toHaveLength(20);
    expect(form({ technologies: words(21) }).error?.issues[0]).toMatchObject({ path: ["technologies"] });
    expect(form({ technologies: "x".repeat(40) }).success).toBe(true);
    expect(form({ technologies: "x".repeat(41) }).error?.issues[0]?.message).toBe("At most 40 characters each.");
  });

  it.each(["demoUrl", "githubUrl", "thumbnailUrl"])("takes nothing but the web for %s", (name) => {
    expect(form({ [name]: "https://tides.example.org/a" }).success).toBe(true);
    for (const link of ["javascript:alert(1)", "data:text/html,x", "ftp://example.org", "tides.example.org"]) {
      expect(form({ [name]: link }).error?.issues[0]?.path, link).toEqual([name]);
    }
  });
});
