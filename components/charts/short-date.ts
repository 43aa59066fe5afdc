import { formatDateWithWeekday } from "@/lib/format";

/** `24 Nov`: the year stands in the caption. */
export const shortDate = (date: string) => formatDateWithWeekday(date).split(" ").slice(1, 3).join(" ");
