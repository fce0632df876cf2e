import type { Bindable } from "../bound/client.js";
import type { Change, Decision, Message, Nudge, Options, View, Warning } from "../types.js";
import { isOfPlaybook, isOurs, openBarrier, withBarrier } from "./barrier.js";
import { type TestClock, testClock } from "./clock.js";
import { host, openCollector, type TestCollector } from "./collector.js";
import { complete, freshClient, missing, modules } from "./place.js";
import { turn, until } from "./until.js";

/** Options of `init` that a test may give besides. */
type More = Omit<Options, "playbook" | "clock" | "host" | "writeKey" | "published" | "onWarning">;

export interface StartOptions extends More {
	/** The playbook's document, or a compiled one. */
	playbook: object | Uint8Array;
	/** The clock. Default: one that begins on a Monday at ten (UTC). */
	clock?: TestClock;
	/**
	 * `import * as ripen from "ripen"`, if the code under test imports that itself. It can be started once for as long as
	 * its module lives: once a test file. Default: a Ripen of its own for each `start`.
	 */
	client?: Bindable;
}

/** Ripen in a test. */
export interface Test {
	/** Calls go here; a binding is given it as its client. */
	client: Bindable;
	clock: TestClock;
	collector: TestCollector;
	/** What the collector has, in the order of arrival. */
	readonly events: readonly Message[];
	/** What has happened since the start, in order. */
	readonly changes: readonly Change[];
	readonly decisions: readonly Decision[];
	readonly nudges: readonly Nudge[];
	readonly warnings: readonly Warning[];
	/**
	 * Resolves when all that was tracked is evaluated, decided about and sent. What is drawn of it may come a few turns
	 * later: wait for it as your library does.
	 */
	settled(): Promise<void>;
	/** Moves the clock on, and waits until all is settled. */
	advance(ms: number): Promise<void>;
	/** Ends it: nothing is left in the page, and `fetch` is what it was. */
	stop(): Promise<void>;
}

/**
 * A nudge that won is the host's, or is being drawn, in a moment, what draws having been loaded; or it does not come, being
 * held back after all.
 */
const soonMs = 5_000;
let starts = 0;
const started = new WeakSet<object>();

/** Starts Ripen as in a page, and resolves when its engine is there. Rejects where the playbook has a mistake. */
export async function start(options: StartOptions): Promise<Test> {
	const why = missing();
	if (why) throw new Error(why);
	const { playbook, clock = testClock(), client, ...more } = { ...options };
	if (typeof playbook !== "object" || playbook === null)
		throw new Error(
			`ripen/testing needs a playbook, its document or a compiled one: \`start({ playbook })\`, not ${typeof playbook}`,
		);
	const ripen = client ?? (await freshClient());
	if (started.has(ripen))
		throw new Error(
			"this client was started before, and lasts as long as its module: leave `client` out, or start it once a file",
		);
	started.add(ripen);
	const isDocument = !(playbook instanceof Uint8Array);
	const given = await modules(client);
	const collector = openCollector(isOurs);
	const incomplete = await complete();
	const changes: Change[] = [];
	const decisions: Decision[] = [];
	const nudges: Nudge[] = [];
	const warnings: Warning[] = [];
	let due: string | undefined;
	const ends = [
		ripen.on("change", (_view: View, some) => changes.push(...some)),
		ripen.on("decision", (decision) => {
			if (!isOfPlaybook(decision)) return;
			decisions.push(decision);
			due = decision.won ?? due;
		}),
		ripen.on("nudge", (nudge) => {
			nudges.push(nudge);
			due = undefined;
		}),
	];
	const decided = openBarrier(ripen);
	const test: Test = {
		client: ripen,
		clock,
		collector,
		events: collector.events,
		changes,
		decisions,
		nudges,
		warnings,
		async settled() {
			await ripen.flush();
			if (isDocument) await decided();
			await until(() => !due, "shown", undefined, soonMs);
			due = undefined;
			// What became of it, and what follows from that, in turn.
			await ripen.flush();
			await turn();
		},
		async advance(ms) {
			clock.advance(ms);
			await test.settled();
		},
		async stop() {
			for (const end of ends) end();
			ripen.setConsent("denied");
			await turn();
			collector.close();
			incomplete();
		},
	};
	ripen.init({
		...given,
		...more,
		writeKey: `test-${starts++}-${crypto.randomUUID()}`,
		host,
		clock,
		published: false,
		playbook: isDocument ? withBarrier(playbook) : playbook,
		onWarning: (warning) => warnings.push(warning),
	});
	// Not only when the page is idle.
	await ripen.flush();
	const told = () => warnings.map(({ message }) => message).join(" ");
	await until(() => ripen.health().engine !== "loading" || warnings.some(isFatal), "ready", told);
	const [fatal] = ripen.health().engine === "ready" ? [] : warnings.filter(isFatal);
	if (fatal) {
		await test.stop();
		throw new Error(`ripen/testing: ${fatal.message}`);
	}
	return test;
}

/** Without a playbook, or without wasm, nothing can be tried; nor where the page lacks what Ripen needs. */
const isFatal = ({ code }: Warning) => /^(playbook_|wasm_|internal$|keeper_)/.test(code);
