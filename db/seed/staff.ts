import type { Role } from "@/db/enums";
import { mailName, nameOf } from "./names";
import type { StaffPlan } from "./plan";

/** Who can sign in to a demo academy; all three have the same password. */
export const DEMO_SIGN_INS: { email: string; role: Role }[] = [
  { email: "admin@cohort.test", role: "admin" },
  { email: "instructor@cohort.test", role: "instructor" },
  { email: "student@cohort.test", role: "student" },
];

const ADMINS = ["Morgan Ellery", "Inês Cardoso", "Devika Raman"];
const INSTRUCTORS = [
  "Joanna Whitfield",
  "Tiago Valença",
  "Samuel Achterberg",
  "Annelise Thorsen",
  "Kwabena Osei",
  "Mei-Ling Chou",
  "Rafael Quintanilla",
  "Brigid O'Malley",
  "Hiroshi Tanabe",
  "Fatima Zahra Bennis",
  "Lukáš Havel",
  "Ruth Abernathy",
];
const PLAIN_USERS = ["Peter Gannon", "Noémie Laurent", "Zhanna Petrova", "Curtis Lowell"];

const INSTRUCTOR_COUNT = { demo: 12, "1k": 12, "10k": 20, "100k": 60 };

/** Admins, instructors and people without a role yet, in that order, from id 1; the last plain user is disabled. */
export function planStaff(size: keyof typeof INSTRUCTOR_COUNT): StaffPlan[] {
  const more = Array.from({ length: INSTRUCTOR_COUNT[size] - INSTRUCTORS.length }, (_, index) =>
    nameOf(2_000 + index * 3),
  );
  const people = [
    ...ADMINS.map((name) => ({ name, role: "admin" as const })),
    ...[...INSTRUCTORS, ...more].map((name) => ({ name, role: "instructor" as const })),
    ...PLAIN_USERS.map((name) => ({ name, role: "user" as const })),
  ];
  return people.map(({ name, role }, index) => {
    const signIn = people.findIndex((each) => each.role === role) === index && role !== "user";
    return {
      id: index + 1,
      name,
      role,
      email: signIn ? `${role}@cohort.test` : `${mailName(name)}@staff.cohort.test`,
      disabled: index === people.length - 1,
    };
  });
}

export const instructorIds = (staff: StaffPlan[]): number[] =>
  staff.filter((each) => each.role === "instructor").map((each) => each.id);
