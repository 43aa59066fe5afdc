import { z } from "zod";
import { idField, orNull, textField, versionField } from "@/lib/form-fields";

const NOTES_MOST = 1_000;

const own = { demoId: orNull(idField), notes: orNull(textField(NOTES_MOST)) };

export const signUpSchema = z.object({ sessionId: idField, ...own });
export const editSignupSchema = z.object({ signupId: idField, version: versionField, ...own });
export const withdrawSchema = z.object({ signupId: idField });
