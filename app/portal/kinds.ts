import type { OverviewKind } from "@/db/enums";
import type { OverviewTab } from "./search-params";

/** What coding time can be divided by, and what each of it is called. */
export const KINDS: Record<OverviewTab, { kind: OverviewKind; label: string; one: string; many: string }> = {
  languages: { kind: "language", label: "Languages", one: "Language", many: "languages" },
  projects: { kind: "project", label: "Projects", one: "Project", many: "projects" },
  editors: { kind: "editor", label: "Editors", one: "Editor", many: "editors" },
  dependencies: { kind: "dependency", label: "Dependencies", one: "Dependency", many: "dependencies" },
  systems: { kind: "operating_system", label: "Systems", one: "Operating system", many: "operating systems" },
  categories: { kind: "category", label: "Categories", one: "Category", many: "categories" },
};
