/** What an entry is while an application is developed: the same, and it warns of options that are none and names that no playbook knows. */
import { nearest } from "../cli/nearest.js";
import type { TriggerName } from "../register.js";
import type { Events, Options, Warning, WasmSource } from "../types.js";
import { namesOf } from "./names.js";
import { optionWarnings, otherOptions } from "./options.js";
import { openUnknown } from "./unknown.js";

/** What is watched of an entry. */
interface Entry<Given extends Options> {
	init(options: Given): void;
	trigger(name: TriggerName): void;
	on<Name extends keyof Events>(name: Name, listener: Events[Name]): () => void;
}

const heard: Record<keyof Events, true> = {
	change: true,
	nudge: true,
	decision: true,
	event: true,
	health: true,
};

/** `toolkit`: where the module is that knows the names, unless the host says so itself. */
export function watched<Given extends Options>(ripen: Entry<Given>, toolkit?: WasmSource): Entry<Given> {
	let options: Options | undefined;
	const tell = (warning: Warning) => {
		if (options?.onWarning) options.onWarning(warning);
		else console.warn(`ripen: ${warning.message} [${warning.code}]`);
	};
	const { use, know } = openUnknown(tell);

	/** Slots of the page, those that come later, too. */
	const watchSlots = () => {
		const look = () => {
			for (const slot of document.querySelectorAll("ripen-slot[name]"))
				use("slots", `${slot.getAttribute("name")}`);
		};
		look();
		new MutationObserver(look).observe(document, { childList: true, subtree: true });
	};
	const watch = async (given: Options) => {
		const { dev = true, actions = {} } = given;
		try {
			const names = await namesOf({ toolkit, ...given });
			if (!names) return;
			for (const name of (typeof dev === "object" && dev.events) || []) names.events.add(name);
			know(names, Object.keys(actions));
		} catch (error) {
			// Nothing is wrong with the application: what keeps the toolkit away would be its own affair.
			console.info(`ripen: whether the playbook knows the names of events cannot be said: ${error}`);
		}
	};
	return {
		init(given) {
			if (options && given && options !== given) {
				const others = otherOptions(options, given).map((name) => `\`${name}\``);
				if (others.length)
					tell({
						code: "init_twice",
						message: `\`init\` was called before, with other ${others.join(", ")}: these are ignored. Call it once; for consent there is \`setConsent\`.`,
					});
			}
			// Once, as Ripen itself.
			if (!options && typeof document === "object" && given?.writeKey && given.dev !== false) {
				options = given;
				for (const warning of optionWarnings(given)) tell(warning);
				ripen.on("event", ({ type, event }) => {
					if (type === "track" && event && !event.startsWith("$")) use("events", event);
				});
				watchSlots();
				watch(given);
			}
			ripen.init(given);
		},
		trigger(name) {
			if (typeof document === "object") use("triggers", name);
			ripen.trigger(name);
		},
		on(name, listener) {
			if (!Object.hasOwn(heard, name)) {
				const near = nearest(name, Object.keys(heard));
				const all = Object.keys(heard).map((each) => `\`${each}\``);
				tell({
					code: "unknown_listener",
					message: `Nothing is ever told as \`${name}\`${near ? `; did you mean \`${near}\`?` : `: there are ${all.join(", ")}.`}`,
				});
			}
			return ripen.on(name, listener);
		},
	};
}
