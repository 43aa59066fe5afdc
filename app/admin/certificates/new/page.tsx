import type { Metadata } from "next";
import Link from "next/link";
import { BackLink } from "@/components/layout/back-link";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Empty } from "@/components/ui/empty";
import { Field } from "@/components/ui/field";
import { getDb } from "@/db/client";
import { type FoundStudent, findStudents } from "@/db/queries/certificate-students";
import { requireStaff } from "@/lib/auth/current";
import { parseAsId } from "@/lib/table-params";
import { RecordForm } from "./record-form";

export const metadata: Metadata = { title: "Record a certificate" };

const PATH = "/admin/certificates/new";
const SEARCH_CHARS = 100;

const one = (value: string | string[] | undefined) => (typeof value === "string" ? value : "");

/** First whose it is (`?q=`, then `?student=`), then what it says. Works without any script. */
export default async function RecordCertificatePage({ searchParams }: PageProps<"/admin/certificates/new">) {
  const params = await searchParams;
  const q = one(params.q).replaceAll("\0", "").trim().slice(0, SEARCH_CHARS);
  const asked = parseAsId.parse(one(params.student));
  const viewer = await requireStaff(asked ? `${PATH}?student=${asked}` : PATH);
  const by = asked ? { studentId: asked } : { q };
  const found = asked || q ? await findStudents(getDb(), viewer, by, new Date()) : null;
  const student = asked ? found?.[0] : undefined;
  return (
    <>
      <BackLink href="/admin/certificates">All certificates</BackLink>
      <PageHeader title="Record a certificate">What a student earned elsewhere.</PageHeader>
      {student ? (
        <>
          <p className="mb-4">
            <span className="font-medium">{student.name}</span>
            {student.batchName ? <span className="text-muted"> · {student.batchName}</span> : null}{" "}
            <Link href={PATH} className="reach ml-2 text-sm underline underline-offset-2">
              Choose somebody else
            </Link>
          </p>
          <RecordForm studentId={student.id} />
        </>
      ) : (
        <>
          <form className="mb-4 grid max-w-md gap-3">
            <Field label="Whose is it?" name="q" type="search" required maxLength={SEARCH_CHARS} defaultValue={q} />
            <Button type="submit">Find the student</Button>
          </form>
          {found ? <Found students={found} /> : null}
        </>
      )}
    </>
  );
}

function Found({ students }: { students: FoundStudent[] }) {
  if (students.length === 0) {
    return <Empty title="Nobody found">Instructors record certificates of the students of their own batches.</Empty>;
  }
  return (
    <ul aria-label="Students found" className="max-w-md border-t">
      {students.map(({ id, name, batchName }) => (
        <li key={id} className="border-b">
          <Link
            href={`${PATH}?student=${id}`}
            className="tap flex items-baseline justify-between gap-4 py-2 hover:bg-sunken/60"
          >
            {name}
            <span className="label">{batchName ?? "no batch"}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
