import type { Folded, PageModule, Runtime, Surroundings } from "../module.js";
import type { Message, View } from "../types.js";
import { pageModule, toolkitModule } from "./modules.js";

/** About whom, by what, and as of when. */
export interface Question {
	/** Their user id, else the anonymous one. */
	person: string;
	/** Milliseconds since 1970 UTC. What happened later is not looked at. */
	at: number;
	/** What they did, in any order, each once: messages of the Segment spec, with a `messageId`. */
	events?: readonly Message[];
	/** What the collector knows of them: `snapshot` of what `POST /v1/snapshot` answers. `events` are what it has not. */
	snapshot?: string | Uint8Array;
}

/** The engine over one playbook. */
export interface Engine {
	/**
	 * How the person is seen, as a page would see them; undefined where nothing is known of them. The same question has the
	 * same answer. Throws where the snapshot cannot be read: it is of another version of Ripen, or of another playbook.
	 */
	view(question: Question): View | undefined;
}

/** What only a page knows: nothing of it is in a view. */
const nowhere: Surroundings = {
	page: {},
	device: {},
	locale: "",
	session: {},
	slotTaken: false,
	anonymousId: "",
};

/** The engine over a playbook: its document, as an object or as text, or a compiled one. Rejects with its first mistake. */
export async function openEngine(playbook: object | string | Uint8Array): Promise<Engine> {
	const { Runtime } = await pageModule();
	const runtimes = openRuntimes(Runtime, await compiled(playbook));
	return {
		view({ person, at, events = [], snapshot }) {
			const runtime = runtimes.at(at);
			// What it was asked before is not to be known; of no snapshot there is nothing to be restored.
			runtime.restore(new Uint8Array(), [], false);
			const run = folded(events, at);
			if (snapshot !== undefined) {
				if (!runtime.adopt(bytesOf(snapshot), run, at))
					throw new Error(
						"the snapshot cannot be read: it is of another version of Ripen, or of another playbook",
					);
			} else runtime.fold(run, nowhere, false);
			runtime.setPerson(person);
			runtime.advance(at, nowhere);
			const view = runtime.view();
			return view && { ...view, state: "current" };
		},
	};
}

async function compiled(playbook: object | string | Uint8Array): Promise<Uint8Array> {
	if (playbook instanceof Uint8Array) return playbook;
	const { compile } = await toolkitModule();
	return compile(typeof playbook === "string" ? playbook : JSON.stringify(playbook));
}

/** As the engine reads them, in the order of time, each once. */
function folded(events: readonly Message[], at: number): Folded[] {
	const once = new Map<string, Folded>();
	for (const { timestamp, ...message } of events) {
		const event = { ...message, context: message.context ?? {}, time: Date.parse(timestamp) };
		if (event.time <= at && !once.has(event.messageId)) once.set(event.messageId, event);
	}
	return [...once.values()].sort((one, other) => one.time - other.time);
}

function bytesOf(snapshot: string | Uint8Array): Uint8Array {
	if (typeof snapshot !== "string") return snapshot;
	return Uint8Array.from(atob(snapshot), (sign) => sign.charCodeAt(0));
}

/**
 * A runtime's time never goes back, and it is never given back: it lives as long as a page. So each is asked on, by whom it
 * is early enough for, the latest first; there is another only for who asks about an earlier time than all before.
 */
function openRuntimes(Runtime: PageModule["Runtime"], playbook: Uint8Array) {
	// The first at once: it says whether the playbook can be read.
	const all = [{ runtime: new Runtime(playbook), asked: -Infinity }];
	return {
		at(at: number): Runtime {
			let best: (typeof all)[number] | undefined;
			for (const each of all) if (each.asked <= at && !(best && best.asked >= each.asked)) best = each;
			if (!best) {
				best = { runtime: new Runtime(playbook), asked: at };
				all.push(best);
			}
			best.asked = at;
			return best.runtime;
		},
	};
}
