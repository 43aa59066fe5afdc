import { CodingYear } from "@/components/coding/coding-year";
import { HEAT_MAP_WEEKS, type StudentPage } from "@/db/queries/student-page";

export function Year({ student, freshness }: { student: StudentPage; freshness: string }) {
  const { days, today, firstDay } = student;
  return <CodingYear days={days} today={today} firstDay={firstDay} weeks={HEAT_MAP_WEEKS} freshness={freshness} />;
}
