import type { Journal } from "./journal.js";

/** What the engine keeps beside the events: its snapshot, and the last published playbook. */
export const stateOf = <T>(journal: Journal, name: string) => journal.run((store) => store.get<T>(name));

export const keepState = (journal: Journal, name: string, value: unknown) =>
	journal.run((store) => store.put(name, value));
