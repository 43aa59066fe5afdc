"use client";

import { ActionForm } from "@/components/ui/action-form";
import { syncStudentAction } from "../../actions";

export function SyncStudentForm({ userId }: { userId: number }) {
  return (
    <ActionForm action={syncStudentAction} submit="Sync now" className="grid max-w-60 gap-3">
      {() => <input type="hidden" name="userId" value={userId} />}
    </ActionForm>
  );
}
