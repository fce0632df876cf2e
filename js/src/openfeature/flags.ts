import type { View } from "../types.js";

/** What a flag may be. */
export type FlagValue = boolean | number | string;

/** Flags by key: `stages.journey`, `segments.busy` … */
export type Flags = Map<string, FlagValue>;

/** Whole sections of a playbook in which all that is not seen to hold does not hold. */
const booleans = /^(segments|moments)\./;

/** The names that a playbook's document defines, as far as flags are made of them. */
export function keysOf(playbook: object): Set<string> {
	const keys = new Set<string>(["momentum"]);
	const sections: Record<string, string> = {
		ladders: "stages",
		segments: "segments",
		moments: "moments",
		signals: "signals",
		nudges: "nudges",
	};
	for (const [section, prefix] of Object.entries(sections))
		for (const name of namesIn(playbook, section)) keys.add(`${prefix}.${name}`);
	for (const name of namesIn(playbook, "scores")) keys.add(`scores.${name}`).add(`bands.${name}`);
	return keys;
}

function namesIn(playbook: object, section: string): string[] {
	const definitions: unknown = Object.hasOwn(playbook, section) && playbook[section as never];
	return typeof definitions === "object" && definitions ? Object.keys(definitions) : [];
}

/** The flags that a view has. */
export function flagsOf(view: View): Flags {
	const flags: Flags = new Map();
	for (const section of ["stages", "signals", "scores", "bands"] as const)
		for (const [name, value] of Object.entries(view[section])) flags.set(`${section}.${name}`, value);
	for (const section of ["segments", "moments"] as const)
		for (const name of view[section]) flags.set(`${section}.${name}`, true);
	if (view.momentum) flags.set("momentum", view.momentum);
	return flags;
}

/** What a flag is that no view has: absent segments and moments do not hold; of all else nothing is known. */
export const absent = (key: string): FlagValue | undefined => (booleans.test(key) ? false : undefined);

/** The keys of which the one has something else than the other. */
export function changedKeys(before: Flags, after: Flags): string[] {
	const keys = new Set([...before.keys(), ...after.keys()]);
	return [...keys].filter((key) => before.get(key) !== after.get(key));
}
