import type { Folded, Runtime, Surroundings } from "../module.js";
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
	/** For the body of `POST /v1/snapshot`: a collector answers only with what this engine can read. */
	readonly runs: { readonly revision: string; readonly format: number };
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
	const bytes = await compiled(playbook);
	/** One for all, since none is ever given back. At once: it says whether the playbook can be read. */
	let runtime: Runtime | undefined = new Runtime(bytes);
	const runs = runsOf(runtime);
	return {
		runs,
		view({ person, at, events = [], snapshot }) {
			if (!Number.isFinite(at)) throw new Error(`\`at\` is a time in milliseconds, not ${at}`);
			const run = folded(events, at);
			const known = snapshot === undefined ? undefined : bytesOf(snapshot);
			const asked = runtime ?? new Runtime(bytes);
			// What fails in the middle of a call is not to be used again.
			runtime = undefined;
			const view = viewIn(asked, person, at, run, known);
			runtime = asked;
			if (view === unreadable) throw new Error(unreadable);
			return view && { ...view, state: "current" };
		},
	};
}

/** Of a view of anybody, and of the head of any snapshot. */
function runsOf(runtime: Runtime): Engine["runs"] {
	const event = { type: "track", event: "seen", messageId: "0", anonymousId: "0", context: {}, time: 0 };
	const view = viewIn(runtime, "0", 0, [event]);
	const [, format = 0] = runtime.snapshot();
	return { revision: typeof view === "object" ? view.revision : "", format };
}

const unreadable = "the snapshot cannot be read: it is of another version of Ripen, or of another playbook";

function viewIn(runtime: Runtime, person: string, at: number, run: Folded[], snapshot?: Uint8Array) {
	// What it was asked before is not to be known, nor when: of no snapshot there is nothing to be restored.
	runtime.restore(new Uint8Array(), [], false);
	if (!snapshot) runtime.fold(run, nowhere, false);
	else if (!runtime.adopt(snapshot, run, at)) return unreadable;
	runtime.setPerson(person);
	runtime.advance(at, nowhere);
	return runtime.view();
}

async function compiled(playbook: object | string | Uint8Array): Promise<Uint8Array> {
	if (playbook instanceof Uint8Array) return playbook;
	const { compile } = await toolkitModule();
	return compile(typeof playbook === "string" ? playbook : JSON.stringify(playbook));
}

/** As the engine reads them, in the order of time, each once. What is no event for a collector is none for it. */
function folded(events: readonly Message[], at: number): Folded[] {
	const once = new Map<string, Folded>();
	// As they travel: what a host's objects do when they are read is done by then.
	for (const { timestamp, ...message } of JSON.parse(JSON.stringify(events)) as Message[]) {
		const event = { ...message, context: message.context ?? {}, time: Date.parse(timestamp) };
		if (event.time <= at && !once.has(event.messageId)) once.set(event.messageId, event);
	}
	return [...once.values()].sort((one, other) => one.time - other.time);
}

function bytesOf(snapshot: string | Uint8Array): Uint8Array {
	if (typeof snapshot !== "string") return snapshot;
	try {
		return Uint8Array.from(atob(snapshot), (sign) => sign.charCodeAt(0));
	} catch {
		throw new Error(unreadable);
	}
}
