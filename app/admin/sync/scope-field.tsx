type Props = { id: string; everybody: boolean; batches: { id: number; name: string }[] };

/** Whom a sync is of: everybody, or one of the batches that the person may sync. */
export function ScopeField({ id, everybody, batches }: Props) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        Students
      </label>
      <select id={id} name="scope" className="control w-full min-w-0">
        {everybody ? <option value="everybody">Everybody</option> : null}
        {batches.map((batch) => (
          <option key={batch.id} value={batch.id}>
            {batch.name}
          </option>
        ))}
      </select>
    </div>
  );
}
