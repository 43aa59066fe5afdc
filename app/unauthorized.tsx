import { DeadEnd } from "@/components/layout/dead-end";

export default function Unauthorized() {
  return <DeadEnd kind="unauthorized" />;
}
