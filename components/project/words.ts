import type { Tone } from "@/components/ui/badge";
import type { AssignmentStatus, ProjectStatus } from "@/db/enums";

export const PROJECT_TONES: Record<ProjectStatus, Tone> = {
  planning: "neutral",
  active: "accent",
  completed: "good",
  cancelled: "warn",
};

export const ASSIGNMENT_TONES: Record<AssignmentStatus, Tone> = {
  assigned: "neutral",
  active: "accent",
  completed: "good",
  dropped: "warn",
};
