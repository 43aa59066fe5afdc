export * from "./batch";
export * from "./coding";
export * from "./demo";
export * from "./enums";
export * from "./goal";
export * from "./record";
export * from "./session";
export * from "./user";
