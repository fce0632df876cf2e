/** Ripen for pages without a bundler, on `window.ripen`: does what the snippet there has kept, then takes its place. */
import * as ripen from "./index.js";
import type { Stub, Waiting } from "./snippet/waiting.js";

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
const carryOut = ({ name, args, at, done }: Waiting) => {
	const call = stub[name] as (...args: unknown[]) => unknown;
	const place = toldAt[name];
	if (place) args[place] = { timestamp: at, ...(args[place] as object) };
	try {
		const result = call(...args);
		done?.(result);
	} catch (error) {
		// The mistake of who has given it: nobody waits here who could hear of it.
		console.warn("ripen:", error);
	}
};
const isFirst = ({ name }: Waiting) => /^(on|track|identify|group|page|trigger|reset|setConsent)$/.test(name);
// What waits for `init` waits on, in its order; what found no place there finds none here, and is counted.
for (const call of calls.filter(isFirst)) carryOut(call);
for (let each = 0; each < lost; each++) ripen.trigger("");
for (const call of calls) if (!isFirst(call)) carryOut(call);
