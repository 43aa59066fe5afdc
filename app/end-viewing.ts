"use server";

import { revalidatePath } from "next/cache";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getDb } from "@/db/client";
import { endViewing } from "@/db/mutations/view-as";
import { readSessionId } from "@/lib/auth/current";
import { isForeignWrite } from "@/lib/auth/foreign-write";

/** The one thing besides signing out that can be done while viewing as a student: so it goes around `formAction`. */
export async function endViewingAction(): Promise<void> {
  if (isForeignWrite(await headers())) redirect("/");
  const sid = await readSessionId();
  const studentId = sid ? await endViewing(getDb(), sid) : null;
  revalidatePath("/", "layout");
  redirect(studentId ? `/admin/students/${studentId}` : "/");
}
