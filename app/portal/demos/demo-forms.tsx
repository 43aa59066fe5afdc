"use client";

import { FormDialog } from "@/components/ui/form-dialog";
import type { OwnDemo } from "@/db/queries/portal-demos";
import { createDemoAction, deleteDemoAction, editDemoAction } from "./actions";
import { DemoFields } from "./demo-fields";
import { useTelling } from "./told";

/** The form for a demo that is not there yet. */
export function NewDemo({ id, label, offered }: { id: string; label: string; offered: string[] }) {
  const tell = useTelling();
  return (
    <FormDialog
      trigger={label}
      title="Add a demo"
      action={createDemoAction}
      submit="Add the demo"
      onDone={() => tell("Added.")}
    >
      {(errors) => <DemoFields id={id} errors={errors} offered={offered} />}
    </FormDialog>
  );
}

export function EditDemo({ demo, offered }: { demo: OwnDemo; offered: string[] }) {
  const tell = useTelling();
  return (
    <FormDialog
      trigger={
        <>
          Edit<span className="sr-only"> {demo.title}</span>
        </>
      }
      title={`Edit ${demo.title}`}
      action={editDemoAction}
      submit="Save"
      version={demo.version}
      onDone={() => tell("Saved.")}
    >
      {(errors) => (
        <>
          <input type="hidden" name="demoId" value={demo.id} />
          <DemoFields id={`demo-${demo.id}`} errors={errors} demo={demo} offered={offered} />
        </>
      )}
    </FormDialog>
  );
}

type DeleteProps = {
  demo: Pick<OwnDemo, "id" | "title">;
  /** The sign-ups that lose it, each in words. */
  losing: { id: number; words: string }[];
};

/** Says which sign-ups are left without a demo; none of them loses its place. */
export function DeleteDemo({ demo, losing }: DeleteProps) {
  const tell = useTelling();
  return (
    <FormDialog
      danger
      trigger={
        <>
          Delete<span className="sr-only"> {demo.title}</span>
        </>
      }
      title={`Delete ${demo.title}?`}
      action={deleteDemoAction}
      submit="Delete the demo"
      onDone={() => tell(`“${demo.title}” is deleted.`)}
    >
      {() => (
        <>
          <input type="hidden" name="demoId" value={demo.id} />
          <input type="hidden" name="signups" value={losing.map(({ id }) => id).join(",")} />
          {losing.length > 0 ? (
            <div className="text-sm">
              <p>{losing.length === 1 ? "This sign-up loses it:" : "These sign-ups lose it:"}</p>
              <ul className="my-1 list-disc pl-5">
                {losing.map(({ id, words }) => (
                  <li key={id}>{words}</li>
                ))}
              </ul>
              <p className="text-muted">Your places stay; you can choose another demo for them.</p>
            </div>
          ) : null}
          <p className="text-sm text-muted">A deleted demo cannot be brought back.</p>
        </>
      )}
    </FormDialog>
  );
}
