"use client";

import { ActionForm } from "@/components/ui/action-form";
import { startViewingAction } from "./view-as-actions";

/** Looks at the product as this student does. For admins: pages show it when `user.view-as` is allowed. */
export function ViewAsForm({ userId }: { userId: number }) {
  return (
    <ActionForm action={startViewingAction} submit="View as this student" look="plain" className="grid gap-2">
      {() => <input type="hidden" name="userId" value={userId} />}
    </ActionForm>
  );
}
