/**
 * What stands in for Ripen on `window.ripen` until its script is there: it keeps what is called, in order, with its time,
 * and `global.ts` does it then. A classic script, so small that it stands in the page itself; it must not fail in any browser.
 */
import { mostQueued } from "../most-queued.js";
import type { Stub, Waiting } from "./waiting.js";

/** As long as `flush` waits at most. */
const longestMs = 15_000;

((host: { ripen?: Stub }) => {
	if (host.ripen) return;
	const calls: Waiting[] = [];
	const ripen: Stub = {
		calls,
		lost: 0,
		view() {},
		health: () => ({ engine: "loading", waiting: calls.length, dropped: {} }),
	};
	host.ripen = ripen;

	/** As JSON says it, since the host may go on with its object; what that cannot say is refused by the one who knows. */
	const copy = (value: unknown) => {
		try {
			return JSON.parse(
				JSON.stringify(value, (_, each) => {
					if (/^(f|sy|bi)/.test(typeof each)) throw each;
					return each;
				}),
			);
		} catch {
			return value;
		}
	};
	let queued = 0;
	/** Ripen has as many places for what waits for `init`: what finds none here is counted there. */
	const queue = (name: string, args: unknown[]) => {
		if (queued++ < mostQueued) calls.push({ name, args, at: Date.now() });
		else ripen.lost++;
	};
	const wait = (name: string, args: unknown[], done?: (result: unknown) => void) => {
		if (calls.length < 2 * mostQueued) calls.push({ name, args, at: Date.now(), done });
		else done?.(undefined);
	};
	for (const name of ["track", "identify", "group", "page"])
		ripen[name] = (...args: unknown[]) =>
			queue(
				name,
				args.map((each) => (each && typeof each === "object" ? copy(each) : each)),
			);
	for (const name of ["trigger", "reset", "setConsent"])
		ripen[name] = (...args: unknown[]) => queue(name, args);
	for (const name of ["init", "debug"]) ripen[name] = (...args: unknown[]) => wait(name, args);
	for (const name of ["flush", "forget", "explain"])
		ripen[name] = (...args: unknown[]) =>
			new Promise((resolve) => {
				wait(name, args, resolve);
				// Where the script never comes nobody waits for ever: before a checkout, say.
				setTimeout(
					() => resolve({ flush: (ripen.health as () => unknown)(), forget: false, explain: [] }[name]),
					longestMs,
				);
			});
	ripen.on = (...args: unknown[]) => {
		let end: (() => void) | undefined;
		let isEnded = false;
		wait("on", args, (off) => {
			end = off as typeof end;
			if (isEnded) end?.();
		});
		return () => {
			isEnded = true;
			end?.();
		};
	};
})(window as never);
