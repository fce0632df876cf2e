// A small PageModule: what the face needs of the wasm module, without wasm. It folds by counting (what comes twice too: the face is not to hand it over twice), shows the nudge that
// an event `due` names, and sends what it has at once.
// Its "playbook" is JSON: {"nudges": {id: definition}}.

export default async function start() {}

export class Runtime {
	#playbook;
	#people = {};
	#person = "";
	revision = "fa4e";

	constructor(bytes) {
		this.#playbook = JSON.parse(new TextDecoder().decode(bytes));
	}
	restore(snapshot) {
		const text = new TextDecoder().decode(snapshot);
		this.#people = text ? JSON.parse(text) : {};
		return text !== "";
	}
	adopt() {
		return true;
	}
	setPerson(id) {
		this.#person = id;
	}
	fold(events, surroundings, live) {
		const changes = [];
		const decisions = [];
		for (const event of events) {
			const id = event.userId ?? event.anonymousId;
			this.#people[id] ??= { events: 0, traits: {}, names: [] };
			const person = this.#people[id];
			Object.assign(person.traits, event.traits);
			person.names.push(event.event ?? event.type);
			person.at = event.time;
			person.events++;
			if (person.events === 3)
				changes.push({ at: event.time, kind: "segment", name: "active", from: false, to: true });
			if (live && event.event === "due") decisions.push(this.#decide(event, surroundings));
		}
		return { changes, decisions, converted: [] };
	}
	#decide({ time, properties: { nudge } }, { slotTaken, withoutAnchor }) {
		const by = withoutAnchor.includes(nudge) ? "anchor" : undefined;
		const won = slotTaken || by ? null : nudge;
		const verdict = won ? "won" : "blocked";
		return { at: time, event: "due", won, considered: [{ nudge, purpose: "help", verdict, by }] };
	}
	advance(_now, surroundings, edge) {
		const decisions = edge?.event ? [this.#decide(edge.event, surroundings)] : [];
		return { changes: [], decisions, converted: [] };
	}
	nextChange() {
		return Infinity;
	}
	judge(nudge) {
		return globalThis.ripenForbids?.includes(nudge) ? { verdict: "blocked", by: "when" } : { verdict: "won" };
	}
	nudge(id) {
		return { ignoreAfter: 60, ...this.#playbook.nudges[id] };
	}
	elements() {
		return [];
	}
	view() {
		const person = this.#people[this.#person];
		if (!person) return;
		return {
			person: this.#person,
			at: person.at,
			revision: this.revision,
			traits: { user: person.traits, account: {} },
			signals: { events: person.events },
			segments: [],
			stages: { journey: person.events >= 3 ? "active" : "new" },
			moments: [],
			names: person.names,
		};
	}
	snapshot() {
		return new TextEncoder().encode(JSON.stringify(this.#people));
	}
	free() {}
}

export class Delivery {
	#waiting = new Set();
	#flying = new Map();
	#batch = 0;
	retrying = false;
	pressed = false;

	#send(keepalive) {
		const flying = new Set([...this.#flying.values()].flat());
		const keys = [...this.#waiting].filter((key) => !flying.has(key));
		if (!keys.length) return [];
		this.#flying.set(++this.#batch, keys);
		return [{ do: "send", batch: this.#batch, keys, keepalive }];
	}
	appended(keys) {
		for (const key of keys) this.#waiting.add(key);
		return this.retrying || globalThis.ripenHolds ? [] : this.#send(false);
	}
	answered(batch, status, retryAfter = 200, now) {
		const keys = this.#flying.get(batch);
		this.#flying.delete(batch);
		this.retrying = status !== 200;
		if (this.retrying) return [{ do: "wake", at: now + retryAfter }];
		for (const key of keys) this.#waiting.delete(key);
		return [{ do: "remove", keys, reason: "acknowledged" }, ...this.#send(false)];
	}
	tell(told) {
		const hidden = 2;
		return this.#send(told === hidden);
	}
	free() {}
}
