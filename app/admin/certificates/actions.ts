"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { getDb } from "@/db/client";
import {
  deleteCertificate,
  editCertificate,
  issueCertificates,
  recordCertificate,
  revokeCertificate,
} from "@/db/mutations/certificate";
import { formAction } from "@/lib/action";
import { actorOf, requireViewer } from "@/lib/auth/current";
import {
  certificateSchema,
  deleteCertificateSchema,
  issueSchema,
  recordSchema,
  revokeSchema,
} from "./certificate-input";

const PATH = "/admin/certificates";
const actor = async () => actorOf(await requireViewer(PATH));

export const recordCertificateAction = formAction(recordSchema, async ({ studentId, ...content }) => {
  const result = await recordCertificate(getDb(), await actor(), studentId, content);
  if (!result.ok) return result;
  redirect(`${PATH}?open=${result.data.id}`);
});

export const editCertificateAction = formAction(certificateSchema, async ({ certificateId, ...edit }) => {
  const result = await editCertificate(getDb(), await actor(), certificateId, edit);
  if (result.ok) revalidatePath(PATH);
  return result;
});

export const deleteCertificateAction = formAction(deleteCertificateSchema, async ({ certificateId, back }) => {
  const result = await deleteCertificate(getDb(), await actor(), certificateId);
  if (!result.ok) return result;
  redirect(back);
});

export const revokeCertificateAction = formAction(revokeSchema, async ({ certificateId, reason }) => {
  const result = await revokeCertificate(getDb(), await actor(), certificateId, reason);
  if (result.ok) revalidatePath(PATH);
  return result;
});

/** The preview stays as it was, so that it can say what became of it. */
export const issueCertificatesAction = formAction(issueSchema, async (issue) =>
  issueCertificates(getDb(), await actor(), issue),
);
