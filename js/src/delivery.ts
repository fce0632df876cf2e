import type { Face } from "./keeper.js";
import { type Command, type Delivery, Told } from "./module.js";
import type { Sender } from "./sender.js";

/** Mostly nothing has to be encoded to know its size. */
const isAscii = (text: string) => !/[^\0-\x7f]/.test(text);

/** Does what the delivery machine says. */
export function deliverySender(face: Face, machine: Delivery): Sender {
	const { clock, journal } = face;
	const running = new Set<Promise<unknown>>();
	let cancel: (() => void) | undefined;
	let known = new Set<number>();
	let stopped = false;

	const during = (work: Promise<unknown>) => {
		const done: Promise<unknown> = work
			.catch((error) => face.warn("internal", error))
			.then(() => running.delete(done));
		running.add(done);
	};
	const obey = (command: Command) => {
		if (command.do === "remove") during(face.settle(command.keys, command.reason));
		else if (command.do === "remember") face.remember(command.memory);
		else if (stopped) return;
		else if (command.do === "send") during(send(command));
		else {
			cancel?.();
			cancel = clock.wakeAt(command.at, () => tell(Told.Wake));
		}
	};
	const ask = (input: () => Command[]) => {
		try {
			input().forEach(obey);
		} catch (error) {
			// Its state is lost; the events are not.
			face.warn("delivery_failed", error);
			face.useSender();
		}
	};
	const send = async ({ batch, keys, keepalive }: Command & { do: "send" }) => {
		const { status, ok, retryAfter } = await face.post(keys, keepalive);
		ask(() => machine.answered(batch, status, retryAfter, clock.now()));
		if (!ok) face.failed();
	};
	const tell = (told: Told) => {
		if (!stopped) ask(() => machine.tell(told, clock.now()));
	};
	return {
		get pressed() {
			return !stopped && machine.pressed;
		},
		appended() {
			if (stopped) return;
			// Not by the newest key: in localStorage a later one may be lower.
			const events = [...journal.waiting].filter(([key]) => !known.has(key));
			known = new Set(journal.waiting.keys());
			const sizes = events.map(([, json]) => (isAscii(json) ? json.length : face.bytesOf(json)));
			ask(() =>
				machine.appended(
					events.map(([key]) => key),
					sizes,
					clock.now(),
				),
			);
		},
		flush() {
			if (stopped) return;
			tell(Told.Flush);
			// The collector asked for a pause: nobody has to wait for its end.
			if (machine.retrying && !running.size) face.failed();
		},
		hidden: () => tell(Told.Hidden),
		resumed: () => tell(Told.Resumed),
		async stop() {
			stopped = true;
			cancel?.();
			// What was sent is answered before another sender begins.
			while (running.size) await Promise.all(running);
			try {
				machine.free();
			} catch {
				// It had failed before; its memory is lost, which is little.
			}
		},
	};
}
