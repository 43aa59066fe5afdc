import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ImportLink } from "@/components/layout/import-link";
import { PageHeader } from "@/components/layout/page-header";
import { Empty } from "@/components/ui/empty";
import { getDb } from "@/db/client";
import { getUserDetail } from "@/db/queries/user-detail";
import { actorOf, requireStaff } from "@/lib/auth/current";
import { can } from "@/lib/auth/permissions";
import { readUsers } from "@/lib/cache/reads";
import { usersList } from "@/lib/lists/users";
import { lastPage } from "@/lib/table-params";
import { UserPanel } from "./user-panel";
import { toUserRow } from "./user-row";
import { UsersTable } from "./users-table";

export const metadata: Metadata = { title: "Users" };

export default async function UsersPage({ searchParams }: PageProps<"/admin/users">) {
  const values = await usersList.load(searchParams);
  const viewer = await requireStaff(usersList.href(values));
  const now = new Date();
  const db = getDb();
  const [found, open] = await Promise.all([
    readUsers(db, values, { viewer, now }),
    values.open ? getUserDetail(db, values.open, viewer, now) : null,
  ]);
  const last = lastPage(found.total, values.size);
  if (values.page > last) redirect(usersList.href({ ...values, page: last }));
  const panel = open ? (
    <UserPanel key={open.id} user={open} viewer={viewer} now={now} />
  ) : values.open ? (
    <Empty title="There is no such user" />
  ) : null;
  return (
    <>
      <PageHeader title="Users">{can(actorOf(viewer), "user.import") ? <ImportLink /> : null}</PageHeader>
      <UsersTable
        rows={found.rows.map((row) => toUserRow(row, now))}
        total={found.total}
        page={values.page}
        batchName={found.batchName}
        chosen={viewer.listChoices.users?.columns}
        panel={panel}
        panelTitle={open?.name ?? "Nobody"}
        canChangeMany={can(actorOf(viewer), "user.edit")}
      />
    </>
  );
}
