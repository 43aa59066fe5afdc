import { DeadEnd } from "@/components/layout/dead-end";

export default function NotFound() {
  return <DeadEnd kind="not-found" />;
}
