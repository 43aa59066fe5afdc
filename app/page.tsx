import { redirect } from "next/navigation";
import { getViewer } from "@/lib/auth/current";
import { landingFor } from "@/lib/auth/landing";

export default async function Home() {
  const viewer = await getViewer();
  redirect(viewer ? landingFor(viewer.role) : "/login");
}
