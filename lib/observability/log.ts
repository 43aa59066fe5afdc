import pino from "pino";
import { currentRequest } from "./request-context";

/** Structured lines on standard output, with the id of the request that wrote them. Never parameter values or secrets. */
export const log = pino({
  level: process.env.LOG_LEVEL || "info",
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
  mixin: () => {
    const request = currentRequest();
    return request ? { request: request.id } : {};
  },
});
