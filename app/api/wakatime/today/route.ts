import { apiRoute } from "@/lib/api";
import { answerToday } from "@/lib/wakatime/today-api";

export const POST = apiRoute("signed-in", ({ viewer }) => answerToday(viewer));
