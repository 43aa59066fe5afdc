"use server";

import { revalidatePath } from "next/cache";
import { getDb } from "@/db/client";
import { deleteOwnCertificate, editOwnCertificate, recordOwnCertificate } from "@/db/mutations/own-certificate";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import { deleteOwnSchema, editOwnSchema, recordOwnSchema } from "./certificate-input";

const PATH = "/portal/certificates";
const actor = async () => actorOf(await requireViewer(PATH));

export const recordOwnCertificateAction = formAction(recordOwnSchema, async (content) => {
  const result = await recordOwnCertificate(getDb(), await actor(), content);
  if (result.ok) revalidatePath(PATH);
  return result;
});

export const editOwnCertificateAction = formAction(editOwnSchema, async ({ certificateId, ...edit }) => {
  const result = await editOwnCertificate(getDb(), await actor(), certificateId, edit);
  if (result.ok) revalidatePath(PATH);
  return result;
});

export const deleteOwnCertificateAction = formAction(deleteOwnSchema, async ({ certificateId }) => {
  const result = await deleteOwnCertificate(getDb(), await actor(), certificateId);
  if (result.ok) revalidatePath(PATH);
  return result;
});
