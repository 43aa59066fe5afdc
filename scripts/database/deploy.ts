import { databasePlace } from "@/lib/database-place";

export type DeployPlan = { url: string | null; sentence: string; fault: boolean };

type Variables = Record<string, string | undefined>;

/**
 * Which database a hosted build may migrate. A preview builds unreviewed code: it gets a database only when
 * PREVIEW_DATABASE_URL names one of its own, and never production's.
 */
export function planDeploy(variables: Variables): DeployPlan {
  const production = variables.DATABASE_URL || undefined;
  const preview = variables.PREVIEW_DATABASE_URL || undefined;
  const stage = variables.VERCEL_ENV || "production";

  if (stage === "production") {
    if (!production) return refuse("DATABASE_URL is not set: add it to the production environment of the project.");
    return { url: production, sentence: "Migrating the production database.", fault: false };
  }
  if (!preview) {
    return skip("No migrations in a preview: set PREVIEW_DATABASE_URL to a database of its own to have them.");
  }
  if (production && sameDatabase(preview, production)) {
    return refuse("PREVIEW_DATABASE_URL and DATABASE_URL are the same database: give previews one of their own.");
  }
  return { url: preview, sentence: "Migrating the preview database.", fault: false };
}

const skip = (sentence: string): DeployPlan => ({ url: null, sentence, fault: false });
const refuse = (sentence: string): DeployPlan => ({ url: null, sentence, fault: true });

export function sameDatabase(one: string, other: string): boolean {
  try {
    return databasePlace(one) === databasePlace(other);
  } catch {
    return one === other;
  }
}
