/**
 * `ripen` while an application is developed: bundlers take it by the condition `development` of the package's `exports`, and
 * leave it out of what is shipped. It warns of names that no playbook knows.
 */
import { namesOf } from "./development/names.js";
import { optionWarnings, otherOptions } from "./development/options.js";
import { openUnknown } from "./development/unknown.js";
import * as ripen from "./index.js";
import type { TriggerName } from "./register.js";
import type { Options, Warning } from "./types.js";

export * from "./index.js";

let options: Options | undefined;
const tell = (warning: Warning) => {
	if (options?.onWarning) options.onWarning(warning);
	else console.warn(`ripen: ${warning.message} [${warning.code}]`);
};
const { use, know } = openUnknown(tell);

/** Slots of the page, those that come later, too. */
function watchSlots() {
	const look = () => {
		for (const slot of document.querySelectorAll("ripen-slot[name]"))
			use("slots", `${slot.getAttribute("name")}`);
	};
	look();
	new MutationObserver(look).observe(document, { childList: true, subtree: true });
}

async function watch(given: Options) {
	const { dev = true, actions = {} } = given;
	try {
		const toolkit = () => new URL("./wasm/toolkit_bg.wasm", import.meta.url);
		const names = await namesOf({ toolkit, ...given });
		if (!names) return;
		for (const name of (typeof dev === "object" && dev.events) || []) names.events.add(name);
		know(names, Object.keys(actions));
	} catch (error) {
		// Nothing is wrong with the application: what keeps the toolkit away would be its own affair.
		console.info(`ripen: whether the playbook knows the names of events cannot be said: ${error}`);
	}
}

export function init(given: Options): void {
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
}

export function trigger(name: TriggerName): void {
	if (typeof document === "object") use("triggers", name);
	ripen.trigger(name);
}
