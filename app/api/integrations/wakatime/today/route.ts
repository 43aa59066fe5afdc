import { apiRoute } from "@/lib/api";
import { answerToday } from "@/lib/wakatime/today-api";

/** The address that the documentation of v1 gives for the same. */
export const POST = apiRoute("signed-in", ({ viewer }) => answerToday(viewer));
