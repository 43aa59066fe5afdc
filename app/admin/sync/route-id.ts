import { notFound } from "next/navigation";
import { LARGEST_ID } from "@/lib/table-params";

/** The id in a route; what is none leads to "not found", as an id without a row does. */
export function routeId(value: string): number {
  const id = /^[1-9]\d{0,9}$/.test(value) ? Number(value) : 0;
  return id >= 1 && id <= LARGEST_ID ? id : notFound();
}
