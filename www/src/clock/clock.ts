import type { Clock } from "ripen";

/** `setTimeout` takes 31 bits; what lies further away is waited for in pieces. */
const LONGEST_WAIT = 2 ** 31 - 1;
const KEY = "cairn.clock";

interface Waiting {
	time: number;
	wake: () => void;
	timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * The system's clock, ahead by an offset that only grows. The product and Ripen read this one and no other, so a
 * visitor can live through a month of use in minutes.
 */
class MovableClock implements Clock {
	#offset = readOffset();
	#waiting = new Set<Waiting>();
	#watchers = new Set<() => void>();

	constructor() {
		// Another tab moved it: all tabs live at the same time.
		addEventListener("storage", (event) => {
			if (event.key === KEY) this.#setOffset(readOffset());
		});
	}

	now(): number {
		return Date.now() + this.#offset;
	}

	wakeAt(time: number, wake: () => void): () => void {
		const waiting: Waiting = { time, wake, timer: undefined };
		this.#waiting.add(waiting);
		this.#arm(waiting);
		return () => {
			clearTimeout(waiting.timer);
			this.#waiting.delete(waiting);
		};
	}

	/** Moves the clock ahead, and nothing else. */
	advance(milliseconds: number): void {
		const offset = this.#offset + milliseconds;
		try {
			localStorage.setItem(KEY, String(offset));
		} catch {
			// Without storage the clock is back at the system's time after a reload.
		}
		this.#setOffset(offset);
	}

	/** How far it is ahead of the system's clock, in milliseconds. */
	get ahead(): number {
		return this.#offset;
	}

	/** Calls `moved` whenever the clock has been moved. Returns what ends that. */
	watch(moved: () => void): () => void {
		this.#watchers.add(moved);
		return () => this.#watchers.delete(moved);
	}

	#setOffset(offset: number): void {
		// Time never runs backwards for a person, whatever another tab has written.
		if (offset <= this.#offset) return;
		this.#offset = offset;
		const soonest = [...this.#waiting].sort((a, b) => a.time - b.time);
		for (const waiting of soonest) {
			if (this.#waiting.has(waiting)) this.#arm(waiting);
		}
		for (const moved of this.#watchers) moved();
	}

	#arm(waiting: Waiting): void {
		clearTimeout(waiting.timer);
		const left = waiting.time - this.now();
		waiting.timer = setTimeout(
			() => {
				if (this.now() < waiting.time) return this.#arm(waiting);
				this.#waiting.delete(waiting);
				waiting.wake();
			},
			Math.min(Math.max(left, 0), LONGEST_WAIT),
		);
	}
}

function readOffset(): number {
	try {
		const offset = Number(localStorage.getItem(KEY));
		return Number.isFinite(offset) && offset > 0 ? offset : 0;
	} catch {
		return 0;
	}
}

export const clock = new MovableClock();
