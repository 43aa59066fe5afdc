import type { CodingNameKind } from "@/db/enums";

/** A stack's four languages stand together, then the next stack's; the same for its dependencies. */
export const STACK_SIZE = 4;

export const LANGUAGES = [
  ["TypeScript", "CSS", "HTML", "JSON"],
  ["Python", "SQL", "Markdown", "YAML"],
  ["JavaScript", "HTML", "CSS", "Markdown"],
  ["Java", "SQL", "XML", "Kotlin"],
  ["Go", "Shell", "YAML", "Dockerfile"],
  ["Ruby", "ERB", "SCSS", "YAML"],
].flat();

export const DEPENDENCIES = [
  ["react", "next", "zod", "vitest"],
  ["django", "pandas", "requests", "pytest"],
  ["express", "lodash", "axios", "jest"],
  ["spring-boot", "junit", "hibernate", "lombok"],
  ["gin", "cobra", "testify", "pgx"],
  ["rails", "rspec", "sidekiq", "devise"],
].flat();

export const STACKS = LANGUAGES.length / STACK_SIZE;

/** The first is what most people use. */
export const EDITORS = ["VS Code", "IntelliJ IDEA", "Neovim", "Cursor", "Sublime Text", "Zed"];

export const OPERATING_SYSTEMS = ["Mac", "Windows", "Linux"];

export const CATEGORIES = ["Coding", "Debugging", "Writing Tests", "Code Reviewing", "Writing Docs"];

export const PROJECTS = [
  "portfolio-site",
  "algo-drills",
  "harbour-api",
  "weather-widget",
  "recipe-box",
  "tide-tables",
  "chess-clock",
  "budget-buddy",
  "trail-map",
  "library-shelf",
  "pixel-paint",
  "quiz-night",
  "ferry-times",
  "book-swap",
  "habit-garden",
  "job-tracker",
  "sensor-board",
  "parcel-pal",
  "movie-club",
  "language-cards",
  "expense-split",
  "bike-share",
  "cafe-menu",
  "note-stack",
  "bird-log",
  "photo-wall",
  "tenant-portal",
  "study-timer",
  "match-day",
  "kanban-lite",
  "pet-clinic",
  "event-board",
  "music-queue",
  "city-bins",
  "plant-care",
  "capstone",
];

/** Names that do not belong to one person; a name's place in its list is what the generator computes. */
export const SHARED_NAMES: [kind: CodingNameKind, names: readonly string[]][] = [
  ["project", PROJECTS],
  ["language", LANGUAGES],
  ["editor", EDITORS],
  ["operating_system", OPERATING_SYSTEMS],
  ["category", CATEGORIES],
  ["dependency", DEPENDENCIES],
];
