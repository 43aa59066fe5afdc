import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import type { DateString } from "@/lib/dates";
import { ACADEMY } from "./plan";
import { spread, words } from "./rows";

const PROJECTS = ["Personal site", "Weather dashboard", "Community API", "Marketplace", "Capstone"];
const BLURBS = [
  "HTML, CSS and a first deployment.",
  "Fetching, charts and error states.",
  "A documented REST API with tests.",
  "Accounts, search and payments in test mode.",
  "Teams of four, a real client, six weeks.",
];
const CERTIFICATES = [
  "AWS Cloud Practitioner",
  "Professional Scrum Master I",
  "Google UX Foundations",
  "Meta Front-End Developer",
];
const ISSUERS = ["Amazon Web Services", "Scrum.org", "Coursera", "Coursera"];
const SUBJECTS = [
  "Recipe box",
  "Tide tables",
  "Ferry times",
  "Budget planner",
  "Quiz night",
  "Trail map",
  "Book swap",
  "Habit garden",
  "Parcel tracker",
  "Chess clock",
  "City noise map",
  "Job board",
];
const ANGLES = [
  "with offline mode",
  "rewritten in TypeScript",
  "as a live API",
  "with real users",
  "and what broke",
  "in the browser",
  "with tests first",
];
const TECHNOLOGIES = [
  "react,typescript,vite",
  "python,django,postgres",
  "node,express,redis",
  "go,postgres,docker",
  "rails,hotwire",
];

const PROJECTS_PER_BATCH = PROJECTS.length;

/** Five projects a batch, one after the other over its dates. */
async function loadProjects(tx: Db, today: SQL): Promise<void> {
  await tx.execute(sql`
    insert into project (id, batch_id, name, description, start_date, end_date, happy_hour, status) overriding system value
    select (b.id - 1) * ${PROJECTS_PER_BATCH}::int + n, b.id, (${words(PROJECTS)})[n], (${words(BLURBS)})[n], dates.first, dates.last,
      case when n % 2 = 0 then 'Thursdays 17:00' end,
      (case when b.id % 5 = 1 and n = 4 then 'cancelled' when dates.last < ${today} then 'completed'
        when dates.first > ${today} then 'planning' else 'active' end)::project_status
    from batch b cross join generate_series(1, ${PROJECTS_PER_BATCH}::int) n
    cross join lateral (select
      b.start_date + (b.end_date - b.start_date) * (n - 1) / ${PROJECTS_PER_BATCH}::int as first,
      b.start_date + (b.end_date - b.start_date) * n / ${PROJECTS_PER_BATCH}::int - 1 as last) dates`);
}

/** Each student on the projects that began while they were there; only the running one is open. */
async function loadAssignments(tx: Db): Promise<void> {
  await tx.execute(sql`
    insert into assignment (student_id, project_id, linkedin_url, offer_date, status)
    select e.student_id, p.id,
      case when e.student_id % 3 = 0 then 'https://www.linkedin.com/in/student-' || e.student_id end,
      case when e.status = 'graduated' and p.id % ${PROJECTS_PER_BATCH}::int = 0 and e.student_id % 4 = 1 then e.to_date + 30 end,
      (case when p.status = 'completed' then 'completed' when e.status = 'dropped' or e.to_date is not null then 'dropped'
        when p.start_date = max(p.start_date) filter (where p.status = 'active') over (partition by e.student_id) then
          case when e.student_id % 6 = 0 then 'assigned' else 'active' end
        else 'dropped' end)::assignment_status
    from enrolment e join project p on p.batch_id = e.batch_id
    where e.status <> 'invited' and p.status in ('completed', 'active') and (e.student_id + p.id) % 7 <> 0
      and p.start_date >= e.from_date - 7 and (e.to_date is null or p.start_date < e.to_date)`);
}

/** The academy's own for graduates, without expiry; others' for some, of which a part has expired. */
async function loadCertificates(tx: Db, today: SQL): Promise<void> {
  const chance = spread("'certificate:' || s.id || ':' || n");
  await tx.execute(sql`
    insert into certificate (student_id, name, issuer, date_issued, date_expired, credential_id, credential_url, created_at,
      issued_by, verify_code)
    select e.student_id, 'Full-Stack Web Development', ${ACADEMY.name}, e.to_date, null,
      'HCA-' || lpad(e.student_id::text, 6, '0'), null, e.to_date,
      (select min(id) from "user" where role = 'admin'), translate(upper(substr(md5('verify:' || e.id), 1, 24)), '01', 'GH')
    from enrolment e where e.status = 'graduated' order by e.student_id`);
  await tx.execute(sql`
    insert into certificate (student_id, name, issuer, date_issued, date_expired, credential_id, credential_url, created_at)
    select s.id, (${words(CERTIFICATES)})[kind + 1], (${words(ISSUERS)})[kind + 1], issued,
      case kind when 0 then issued + 1095 when 1 then issued + 365 end,
      upper(substr(md5(s.id || ':' || n), 1, 10)), 'https://credentials.example.org/' || md5(s.id || ':' || n), issued
    from student s cross join generate_series(1, 2) n
    cross join lateral (select ${chance} as chance) c
    cross join lateral (select (chance / 8 % 4)::int as kind, ${today} - (chance / 64 % 1500)::int as issued) facts
    where chance % 5 = 0 order by s.id, n`);
}

/** None to three a student, on a day of their own time here. */
async function loadDemos(tx: Db, today: SQL): Promise<void> {
  const chance = spread("'demo:' || e.student_id || ':' || n");
  await tx.execute(sql`
    insert into demo (student_id, title, description, demo_date, status, demo_url, github_url, technologies, created_at)
    select e.student_id, subject || ' ' || (${words(ANGLES)})[(chance / 16 % ${ANGLES.length}::int)::int + 1],
      'Built in the ' || b.name || ' batch.', day, case when day > ${today} then 'pending' else 'confirmed' end,
      case when chance % 3 > 0 then 'https://' || slug || '.example.app' end,
      'https://github.com/example/' || slug,
      string_to_array((${words(TECHNOLOGIES)})[(chance / 128 % ${TECHNOLOGIES.length}::int)::int + 1], ','), day - 10
    from enrolment e join batch b on b.id = e.batch_id cross join generate_series(1, 3) n
    cross join lateral (select ${chance} as chance) c
    cross join lateral (select (${words(SUBJECTS)})[(chance % ${SUBJECTS.length}::int)::int + 1] as subject,
      e.from_date + 14 + (chance / 1024 % greatest(1, least(${today}, coalesce(e.to_date, ${today})) - e.from_date))::int as day) facts
    cross join lateral (select replace(lower(subject), ' ', '-') || '-' || e.student_id || '-' || n as slug) named
    where e.status <> 'invited' and e.from_date <= ${today} and (n = 1 or chance / 4 % 5 < 2)
    order by e.student_id, n`);
}

export async function loadCoursework(tx: Db, today: DateString): Promise<void> {
  const day = sql`${today}::date`;
  await loadProjects(tx, day);
  await loadAssignments(tx);
  await loadCertificates(tx, day);
  await loadDemos(tx, day);
}
