import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { createSerializer } from "nuqs/server";
import { PageHeader } from "@/components/layout/page-header";
import { getDb } from "@/db/client";
import { listUsers } from "@/db/queries/user-list";
import { requireStaff } from "@/lib/auth/current";
import { lastPage } from "@/lib/table-params";
import { loadUserParams, userParams } from "./search-params";
import { toUserRow } from "./user-row";
import { UsersTable } from "./users-table";

export const metadata: Metadata = { title: "Users" };

const hrefOf = createSerializer(userParams);

export default async function UsersPage({ searchParams }: PageProps<"/admin/users">) {
  const params = await loadUserParams(searchParams);
  const viewer = await requireStaff(hrefOf("/admin/users", params));
  const { q, role, batch, sort, page, size } = params;
  const now = new Date();
  const found = await listUsers(
    getDb(),
    { q, role, batch, page, pageSize: size, sort: sort.key, descending: sort.descending },
    viewer,
    now,
  );
  const last = lastPage(found.total, size);
  if (page > last) redirect(hrefOf("/admin/users", { ...params, page: last }));
  return (
    <>
      <PageHeader title="Users" />
      <UsersTable
        rows={found.rows.map((row) => toUserRow(row, now))}
        total={found.total}
        page={page}
        batchName={found.batchName}
      />
    </>
  );
}
