/** Ripen for pages without a bundler, on `window.ripen`: does what the snippet there has kept, then takes its place. */
import * as ripen from "./index.js";
import type { Stub, Waiting } from "./snippet/waiting.js";
import type { Options, Warning } from "./types.js";

export * from "./index.js";

const host = globalThis as unknown as { ripen?: Partial<Stub> };
host.ripen ??= {};
const stub = host.ripen;
const { calls = [], lost = 0 } = stub;
delete stub.calls;
delete stub.lost;
// Who keeps a reference to what stood in has Ripen, too.
Object.assign(stub, ripen);

/** The argument in which these take when something happened. */
const toldAt: Record<string, number> = { track: 2, identify: 2, group: 2, page: 2 };
/** What found no place is counted one by one, and told at once. */
const toldOnce = ({ onWarning, ...options }: Options): Options => {
	let untold = lost;
	const tell = onWarning ?? (({ code, message }: Warning) => console.warn(`ripen: ${message} [${code}]`));
	return {
		...options,
		onWarning({ code, message }) {
			if (code !== "init_queue_full" || !untold) tell({ code, message });
			else if (!--untold) tell({ code, message: `${message} So it was with ${lost} calls.` });
		},
	};
};
const carryOut = ({ name, args, at, done }: Waiting) => {
	const call = stub[name] as (...args: unknown[]) => unknown;
	const place = toldAt[name];
	if (place) args[place] = { timestamp: at, ...(args[place] as object) };
	if (name === "init" && lost && args[0]) args[0] = toldOnce(args[0] as Options);
	try {
		const result = call(...args);
		done?.(result);
	} catch (error) {
		// The mistake of who has given it: nobody waits here who could hear of it.
		console.warn("ripen:", error);
	}
};
const isFirst = ({ name }: Waiting) => /^(on|track|identify|group|page|trigger|reset|setConsent)$/.test(name);
// What waits for `init` waits on, in its order; what found no place there is counted here.
for (const call of calls.filter(isFirst)) carryOut(call);
const counted = () => {
	const { init_queue_full: count = 0 } = ripen.health().dropped;
	return count;
};
// Some of what waited may have been refused, and left a place that one of these takes.
for (let each = 0; each < lost + calls.length && counted() < lost; each++) ripen.trigger("");
for (const call of calls) if (!isFirst(call)) carryOut(call);
