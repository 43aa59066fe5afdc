import type { AnyList } from "./definition";
import type { ServedList } from "./served";
import { servedUsers } from "./users-served";

/** Every list that can be exported, counted, saved as a view and acted upon. */
const SERVED = [servedUsers] as unknown as ServedList<AnyList, unknown>[];

const BY_NAME = new Map(SERVED.map((each) => [each.list.name, each]));

/** The list of this name, or undefined. */
export const servedList = (name: string | undefined) => BY_NAME.get(name ?? "");
