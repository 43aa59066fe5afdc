"use client";

import { useQueryStates } from "nuqs";
import { useTransition } from "react";
import { FacetMenu } from "@/components/data-table/facet-menu";
import { type Chip, FilterChips } from "@/components/data-table/filter-chips";
import { ListTable } from "@/components/data-table/list-table";
import { SearchBox } from "@/components/data-table/search-box";
import { Empty } from "@/components/ui/empty";
import { roles } from "@/db/enums";
import { userParams } from "./search-params";
import { type UserRow, userColumns } from "./users-table-columns";

type Props = { rows: UserRow[]; total: number; page: number; batchName: string | null };

export function UsersTable({ rows, total, page, batchName }: Props) {
  const [pending, startTransition] = useTransition();
  const [params, setParams] = useQueryStates(userParams, { shallow: false, history: "push", startTransition });
  const { q, role, batch, sort, size } = params;
  // The first search makes an entry in the history, the next ones replace it: Back undoes it as one step.
  const search = (value: string) =>
    void setParams({ q: value || null, page: null }, { history: q ? "replace" : "push" });
  const clear = () => void setParams({ q: null, role: null, batch: null, page: null });

  const chips: Chip[] = [];
  if (q) chips.push({ key: "q", label: `“${q}”`, onRemove: () => search("") });
  if (role)
    chips.push({ key: "role", label: `Role: ${role}`, onRemove: () => void setParams({ role: null, page: null }) });
  if (batch) {
    const label = `Batch: ${batchName ?? "unknown"}`;
    chips.push({ key: "batch", label, onRemove: () => void setParams({ batch: null, page: null }) });
  }

  return (
    <>
      <div className="mb-3 grid gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <SearchBox label="Search name or e-mail" value={q} onSearch={search} />
          <label className="flex items-center gap-2">
            <span className="sr-only">Role</span>
            <select
              className="control"
              value={role ?? ""}
              onChange={(event) =>
                void setParams({ role: roles.find((each) => each === event.target.value) ?? null, page: null })
              }
            >
              <option value="">Any role</option>
              {roles.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
          <FacetMenu
            label="Batch"
            source="/api/batches/options"
            onPick={(value) => void setParams({ batch: Number(value), page: null })}
          />
        </div>
        <FilterChips chips={chips} onClear={clear} />
      </div>
      <ListTable
        label="Users"
        noun={["user", "users"]}
        columns={userColumns}
        rows={rows}
        total={total}
        page={page}
        size={size}
        sort={sort}
        pending={pending}
        onChange={(change) => void setParams(change)}
        empty={
          chips.length > 0 ? (
            <Empty title="No user matches these filters">
              <button type="button" className="underline underline-offset-2" onClick={clear}>
                Clear all filters
              </button>
            </Empty>
          ) : (
            <Empty title="No users yet">People appear here once they sign up with a registration key.</Empty>
          )
        }
      />
    </>
  );
}
