/** Ripen beside another client of this kind: it hears each call, and the other one gets it as it was made. */
import type { Queued } from "./queue.js";

/** The calls that both get. What is asked of the other one (`user()`, `ready`) is its own affair. */
const shared = ["track", "page", "screen", "pageview", "identify", "group", "alias", "reset"];

/** The other client, through which Ripen hears what is called. What it is asked, and answers, stays as it was. */
export function hearing<T extends object>(theirs: T, hear: (call: Queued) => void): T {
	/** The same each time, since hosts compare functions. */
	const heard = new Map<PropertyKey, [found: unknown, call: (...args: unknown[]) => unknown]>();
	return new Proxy(theirs, {
		get(target, name, receiver) {
			const found = Reflect.get(target, name, target === receiver ? receiver : target);
			if (typeof found !== "function") return found;
			const [known, before] = heard.get(name) ?? [];
			if (before && known === found) return before;
			const isShared = shared.includes(String(name));
			const call = (...args: unknown[]) => {
				// Without arguments `group` is a question.
				if (isShared && !(name === "group" && args.length === 0)) hear([String(name), ...args]);
				return found.apply(target, args);
			};
			heard.set(name, [found, call]);
			return call;
		},
	});
}

/** The queue of a snippet whose client is still to come: what was called, and what is called from now on, is heard. */
export function hearingQueue(queue: unknown[], hear: (call: Queued) => void) {
	const heard = (calls: unknown[]) => {
		for (const call of calls)
			if (Array.isArray(call) && shared.includes(call[0]) && !(call[0] === "group" && call.length < 2))
				hear([...call] as Queued);
	};
	heard(queue);
	queue.push = (...calls: unknown[]) => {
		heard(calls);
		return Array.prototype.push.apply(queue, calls);
	};
}
