import { headers } from "next/headers";

/** What the framework costs when a page does nothing: made anew for each request, as every page of the product is. */
export default async function EmptyPage() {
  await headers();
  return <p>Nothing</p>;
}
