import { pgEnum } from "drizzle-orm/pg-core";
import * as words from "../enums";

export const roleEnum = pgEnum("role", words.roles);
export const enrolmentStatusEnum = pgEnum("enrolment_status", words.enrolmentStatuses);
export const codingSourceEnum = pgEnum("coding_source", words.codingSources);
export const projectStatusEnum = pgEnum("project_status", words.projectStatuses);
export const assignmentStatusEnum = pgEnum("assignment_status", words.assignmentStatuses);
export const signupStatusEnum = pgEnum("signup_status", words.signupStatuses);
export const connectionStatusEnum = pgEnum("connection_status", words.connectionStatuses);
export const codingNameKindEnum = pgEnum("coding_name_kind", words.codingNameKinds);
export const syncRunStatusEnum = pgEnum("sync_run_status", words.syncRunStatuses);
export const syncOutcomeKindEnum = pgEnum("sync_outcome_kind", words.syncOutcomeKinds);
export const userTokenKindEnum = pgEnum("user_token_kind", words.userTokenKinds);
export const goalPeriodEnum = pgEnum("goal_period", words.goalPeriods);
export const riskStateEnum = pgEnum("risk_state", words.riskStates);
export const riskResponseEnum = pgEnum("risk_response", words.riskResponses);
export const dataTagEnum = pgEnum("data_tag", words.dataTags);
