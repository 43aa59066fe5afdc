import { z } from "zod";
import { idField, orNull, textField, versionField } from "@/lib/form-fields";

const NOTES_MOST = 1_000;

const own = { demoId: orNull(idField), notes: orNull(textField(NOTES_MOST)) };

export const signUpSchema = z.object({ sessionId: idField, ...own });
export const editSignupSchema = z.object({ signupId: idField, version: versionField, ...own });
/** The session is only what somebody waits their turn for: whose sign-up it is, and of what, the database says. */
export const withdrawSchema = z.object({ signupId: idField, sessionId: idField });
