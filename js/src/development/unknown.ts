/** Warns once of each name that the application uses and no playbook of its page knows. */
import type { Warning } from "../types.js";
import type { Names } from "./names.js";

type Kind = "events" | "triggers" | "actions" | "slots";

const codes: Record<Kind, string> = {
	events: "unknown_event",
	triggers: "unknown_trigger",
	actions: "unknown_action",
	slots: "unknown_slot",
};
/** What it is, and what to do if the name is meant. */
const texts: Record<Kind, [what: string, meant: string]> = {
	events: [
		"No signal and no nudge of the playbook hears the event",
		"If it is meant, list it in `init({ dev: { events: […] } })`.",
	],
	triggers: [
		"No nudge of the playbook waits for the call",
		'If it is meant, a nudge needs `"on": {"call": …}` with this name.',
	],
	actions: ["No button of the playbook's nudges calls the action", "If it is meant, a nudge has to name it."],
	slots: [
		"No nudge of the playbook is drawn in the slot",
		"If it is meant, a nudge needs a `placement` of kind `slot` with this name.",
	],
};

export function openUnknown(tell: (warning: Warning) => void) {
	let names: Names | undefined;
	/** Used before the names were there. */
	const waiting: [Kind, string][] = [];
	const said = new Set<string>();
	const use = (kind: Kind, name: string) => {
		if (!names) {
			// Once each, and a page has only so many.
			if (!waiting.some(([of, each]) => of === kind && each === name)) waiting.push([kind, name]);
			return;
		}
		if (names[kind].has(name) || said.has(kind + name)) return;
		said.add(kind + name);
		const near = names.near(name, names[kind]);
		const [what, meant] = texts[kind];
		tell({
			code: codes[kind],
			message: `${what} \`${name}\`${near ? `; did you mean \`${near}\`?` : "."} ${meant}`,
		});
	};
	return {
		use,
		/** `given`: the actions that the host has. */
		know(known: Names, given: string[]) {
			names = known;
			for (const [kind, name] of waiting.splice(0)) use(kind, name);
			for (const name of given) use("actions", name);
			for (const name of known.actions)
				if (!given.includes(name))
					tell({
						code: "missing_action",
						message: `A button of the playbook's nudges calls \`${name}\`, which \`init({ actions })\` does not have: it is left out.`,
					});
		},
	};
}
