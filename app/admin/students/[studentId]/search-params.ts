import { createLoader, createSerializer, parseAsNumberLiteral, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { timelineKinds } from "@/db/queries/student-timeline";

export const PERIODS_DAYS = [7, 28, 90] as const;

/** The state of a student's page: the charts' period, the timeline's kind and where it is read on. */
const studentParams = {
  days: parseAsNumberLiteral(PERIODS_DAYS).withDefault(28),
  kind: parseAsStringLiteral(timelineKinds),
  before: parseAsString,
};

export const loadStudentParams = createLoader(studentParams);

const serialize = createSerializer(studentParams);

export type StudentParams = Awaited<ReturnType<typeof loadStudentParams>>;

export const studentHref = (studentId: number, params: Partial<StudentParams> = {}): string =>
  serialize(`/admin/students/${studentId}`, params);
