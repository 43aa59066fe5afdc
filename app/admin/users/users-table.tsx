"use client";

import type { ReactNode } from "react";
import { ListView } from "@/components/data-table/list-view";
import { Empty } from "@/components/ui/empty";
import { usersList } from "@/lib/lists/users";
import { type UserRow, userColumns } from "./users-table-columns";

type Props = {
  rows: UserRow[];
  total: number;
  page: number;
  batchName: string | null;
  chosen?: string[] | undefined;
  panel?: ReactNode;
  panelTitle?: string;
};

export function UsersTable({ batchName, ...props }: Props) {
  return (
    <ListView
      {...props}
      list={usersList}
      columns={userColumns}
      rowId={(user) => user.id}
      rowName={(user) => user.name}
      words={{ batch: batchName }}
      opens="panel"
      empty={<Empty title="No users yet">People appear here once they sign up with a registration key.</Empty>}
    />
  );
}
