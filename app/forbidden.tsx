import { DeadEnd } from "@/components/layout/dead-end";

export default function Forbidden() {
  return <DeadEnd kind="forbidden" />;
}
