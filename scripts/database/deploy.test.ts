import { describe, expect, it } from "vitest";
import { planDeploy, sameDatabase } from "./deploy";

const production = "postgres://app:secret@db.example.com/cohort";

describe("migrations as a step of a hosted build", () => {
  it("migrates production", () => {
    expect(planDeploy({ VERCEL_ENV: "production", DATABASE_URL: production })).toMatchObject({
      url: production,
      fault: false,
    });
  });

  it("skips a preview without a database of its own, without failing the build", () => {
    expect(planDeploy({ VERCEL_ENV: "preview", DATABASE_URL: production })).toMatchObject({ url: null, fault: false });
  });

  it("migrates a preview's own database", () => {
    const own = "postgres://app:secret@preview.example.com/cohort";
    expect(planDeploy({ VERCEL_ENV: "preview", DATABASE_URL: production, PREVIEW_DATABASE_URL: own }).url).toBe(own);
  });

  it("refuses a preview whose own database is production's under another user or pooler address", () => {
    for (const same of [
      production,
      "postgresql://other@db-pooler.example.com:5432/cohort?sslmode=require".replace("db-pooler", "db"),
    ]) {
      expect(planDeploy({ VERCEL_ENV: "preview", DATABASE_URL: production, PREVIEW_DATABASE_URL: same })).toMatchObject(
        {
          url: null,
          fault: true,
        },
      );
    }
    expect(sameDatabase("postgres://a@ep-1-pooler.eu.example.com/x", "postgres://b@ep-1.eu.example.com:5432/x")).toBe(
      true,
    );
  });

  it("refuses production without an address", () => {
    expect(planDeploy({})).toMatchObject({ url: null, fault: true });
  });
});
