import type { Core } from "./core.js";
import { holdLock } from "./lock.js";

/**
 * Calls `lead(true)` while this tab is the one that sends, `lead(false)` if it no longer is (C15), until `signal`. Those of a `store` have one. Two may lead for a
 * moment; the collector removes what comes twice.
 */
export function stand(core: Core, store: string, signal: AbortSignal, lead: (leads: boolean) => void): void {
	const { name } = core;
	// No storage for locks or leases: each tab sends.
	const alone = () => signal.aborted || lead(true);
	const lock = holdLock(name + store, signal, () => lead(true));
	if (lock) lock.catch(alone);
	// Pages without TLS have no locks.
	else
		import("./without-locks.js")
			.then(({ lease }) => lease(core, `leader${store}`, signal, lead))
			.catch(alone);
}
