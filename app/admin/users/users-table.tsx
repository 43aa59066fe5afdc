"use client";

import { type ListPage, ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { usersList } from "@/lib/lists/users";
import { UsersBulk } from "./users-bulk";
import { type UserRow, userColumns } from "./users-table-columns";

type Props = ListPage<UserRow> & {
  batchName: string | null;
  /** May this person do something with many users at once? */
  canChangeMany: boolean;
};

export function UsersTable({ batchName, canChangeMany, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={usersList}
      columns={userColumns}
      rowId={(user) => user.id}
      rowName={(user) => user.name}
      words={{ batch: batchName }}
      opens="panel"
      actions={canChangeMany ? (selection) => <UsersBulk selection={selection} /> : undefined}
      empty={<Empty title="No users yet">People appear here once they sign up with a registration key.</Empty>}
    />
  );
}
