export { type FakeSlack, messageSchema, type SlackFailure, startFakeSlack } from "./server";
