// A seeded source of chance: the same seed gives the same log and playbook on every machine.

/** mulberry32, with what the generators ask of it. */
export class Random {
	#state;

	constructor(seed) {
		this.#state = (seed + 1) * 0x9e3779b9;
	}

	/** At least 0, below 1. */
	share() {
		this.#state = (this.#state + 0x6d2b79f5) | 0;
		let x = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
		x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
		return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number from `low` to `high`, both included. */
	whole(low, high) {
		return low + Math.floor(this.share() * (high - low + 1));
	}

	chance(probability) {
		return this.share() < probability;
	}

	pick(list) {
		return list[this.whole(0, list.length - 1)];
	}

	shuffled(list) {
		const copy = [...list];
		for (let i = copy.length - 1; i > 0; i--) {
			const j = this.whole(0, i);
			[copy[i], copy[j]] = [copy[j], copy[i]];
		}
		return copy;
	}

	/** Some of a list, at least one, in any order. */
	some(list, most = list.length) {
		return this.shuffled(list).slice(0, this.whole(1, Math.min(most, list.length)));
	}
}
