import { askedFor, circuit, remember } from "./circuit.js";
import type { Face } from "./keeper.js";
import type { Sender } from "./sender.js";

const firstPauseMs = 5_000;
const longestPauseMs = 5 * 60_000;
const mostEvents = 250;
const mostBytes = 400_000;
/** With the core's `unwrittenBytes` half of what browsers allow all keepalive requests of a page together (C03). */
const keepaliveBytes = 24 * 1024;
/** Of one such request, so that a browser that refuses one, its quota being used up, does not refuse all (C01). */
const chunkBytes = 8 * 1024;
/** Of a request, besides its events. */
const envelopeBytes = 512;

/**
 * The sender for as long as wasm is not there, or where it may not run: one batch at a time on a timer whose pause
 * doubles with each failure. No jitter, no budget: that is the delivery machine's. What the collector asks for is waited
 * for by both, and by the next page load (C11).
 */
export function plainSender(face: Face): Sender {
	const { journal, clock, bytesOf, local } = face;
	const flying = new Set<number>();
	const requests = new Set<Promise<void>>();
	/** Of keepalive requests without an answer. */
	let flyingBytes = 0;
	let hidden = false;
	let events = mostEvents;
	let pause = firstPauseMs;
	let cancel: (() => void) | undefined;
	let stopped = false;

	const asked = () => askedFor(local, clock.now());
	const schedule = () => {
		if (stopped || cancel || !journal.waiting.size) return;
		cancel = clock.wakeAt(clock.now() + Math.max(pause, asked()), () => {
			cancel = undefined;
			send(false);
		});
	};
	const exchange = async (keepalive: boolean) => {
		const keys: number[] = [];
		let bytes = envelopeBytes;
		const room = keepalive ? keepaliveBytes - flyingBytes : mostBytes;
		for (const [key, json] of journal.waiting) {
			if (flying.has(key)) continue;
			const more = bytes + bytesOf(json) + 1;
			if (keys.length >= events || more > (keepalive && keys.length ? Math.min(room, chunkBytes) : room))
				break;
			bytes = more;
			keys.push(key);
		}
		if (!keys.length) return;
		for (const key of keys) flying.add(key);
		if (keepalive) flyingBytes += bytes;
		const { status, ok, retryAfter = 0 } = await face.post(keys, keepalive);
		for (const key of keys) flying.delete(key);
		if (keepalive) flyingBytes -= bytes;
		// It has read the batch and does not want it, as `src/delivery/answer.rs` says at length.
		const bad = /^4(00|13|22)$/.test(`${status}`);
		if (ok || (bad && keys.length === 1)) {
			events = mostEvents;
			pause = firstPauseMs;
			await face.settle(keys, bad ? "refused" : "acknowledged");
			if (!keepalive && !stopped) await exchange(false);
		} else if (bad) {
			// Halved until the bad event is alone (C07).
			events = Math.ceil(keys.length / 2);
			if (!stopped) await exchange(keepalive && hidden);
		} else {
			pause = Math.min(pause * 2, longestPauseMs);
			const [, failures = 0, , , owed = 0] = circuit(local);
			if (retryAfter > asked()) remember(local, [clock.now(), failures, 0, retryAfter, owed]);
			face.failed();
		}
	};
	const send = (keepalive: boolean) => {
		if (stopped || (requests.size && !keepalive)) return;
		if (!keepalive && asked()) {
			// Nobody has to wait for its end.
			face.failed();
			return schedule();
		}
		const request = exchange(keepalive)
			.catch((error) => face.warn("internal", error))
			.then(() => {
				requests.delete(request);
				schedule();
			});
		requests.add(request);
	};
	return {
		appended: schedule,
		flush: () => send(false),
		hidden() {
			hidden = true;
			for (let bytes = 0; bytes < keepaliveBytes; bytes += chunkBytes) send(true);
		},
		resumed() {
			hidden = false;
			schedule();
		},
		async stop() {
			stopped = true;
			cancel?.();
			await Promise.all(requests);
		},
	};
}
