import { DrizzleQueryError } from "drizzle-orm/errors";
import { describe, expect, it } from "vitest";
import { withoutValues } from "./describe-error";

describe("an error that somebody else keeps", () => {
  it("says what the database said and where, but no parameter of the statement", () => {
    const cause = new Error("value too long for type character varying(5)");
    const told = withoutValues(new DrizzleQueryError("insert into t values ($1)", ["ann@example.org"], cause));
    expect(told.message).toBe("Error: value too long for type character varying(5)");
    expect(told.stack).toMatch(/describe-error\.test/);
    expect(`${told.stack}${JSON.stringify(told, Object.getOwnPropertyNames(told))}`).not.toContain("ann@example.org");
  });
});
