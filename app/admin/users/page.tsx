import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { listUsers } from "@/db/queries/user-list";
import { requireStaff } from "@/lib/auth/current";
import { usersList } from "@/lib/lists/users";
import { lastPage } from "@/lib/table-params";
import { toUserRow } from "./user-row";
import { UsersTable } from "./users-table";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ searchParams }: PageProps<"/admin/users">) {
  const values = await usersList.load(searchParams);
  const viewer = await requireStaff(usersList.href(values));
  const now = new Date();
  const found = await listUsers(getDb(), values, viewer, now);
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(usersList.href({ ...values, page: last }));
  return (
    <>
      <PageHeader title="Users" />
      <UsersTable
        rows={found.rows.map((row) => toUserRow(row, now))}
        total={found.total}
        page={values.page}
        batchName={found.batchName}
        chosen={viewer.listChoices.users?.columns}
      />
    </>
  );
}
