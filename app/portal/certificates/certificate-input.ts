import { z } from "zod";
import { certificateContent } from "@/lib/certificate-fields";
import { idField, versionField } from "@/lib/form-fields";

export const recordOwnSchema = z.object(certificateContent);
export const editOwnSchema = z.object({ certificateId: idField, version: versionField, ...certificateContent });
export const deleteOwnSchema = z.object({ certificateId: idField });
