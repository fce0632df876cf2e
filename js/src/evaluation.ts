import { openConclusions } from "./conclusions.js";
import { openExposures } from "./exposures.js";
import type { Engine, Face } from "./keeper.js";
import { type Known, openKnown } from "./known.js";
import type { Edge, Folded, Outcome, Runtime } from "./module.js";
import { openOccasions } from "./occasions.js";
import { setLead } from "./open-lead.js";
import { previewed } from "./previewed.js";
import { record } from "./record.js";
import { openSlot } from "./slot.js";
import type { Restored, Site } from "./snapshot.js";
import { stateOf } from "./state.js";
import type { Cover } from "./store/store.js";
import { visit } from "./surroundings.js";
import type { Change, Decision, Message, View } from "./types.js";

/** So long a nudge that won waits for what other devices have shown. */
const longestWaitMs = 2_000;
/** No answer of the module may make the page busy (C28). */
const soonestMs = 1_000;
const hourMs = 3_600_000;
/** So many are folded in one task: who tracks more at once gets the page back in between. */
const mostAtOnce = 200;
/** So many of the latest events may be decided about again. */
const mostRecent = 20;

/** Signals move at the starts of the person's hours, whether or not a stage, a segment or a moment depends on them. */
const nextHour = (now: number) =>
	now + hourMs - ((now - new Date(now).getTimezoneOffset() * 60_000) % hourMs);

function folded(json: string): Folded {
	const { timestamp, ...message } = JSON.parse(json) as Message;
	return { ...message, time: Date.parse(timestamp) };
}

/** Restores what earlier page loads knew; up to which position nothing is to be folded any more. */
async function restored(
	{ journal }: Face,
	runtime: Runtime,
	remembered: Known,
): Promise<Pick<Cover, "position" | "tag">> {
	const {
		position,
		snapshot,
		folded: before,
		tag,
	} = (await stateOf<Partial<Cover>>(journal, "snapshot")) ?? {};
	const nothing = { position: 0 };
	if (typeof position !== "number") return nothing;
	// Of what was before nobody is to know any more.
	if (!snapshot) return { position };
	// Damaged.
	if (!(snapshot instanceof Uint8Array)) return nothing;
	let done = runtime.restore(snapshot);
	if (done === undefined) {
		const { rows, isWhole } = await journal.run((store) => store.past(position));
		// What a page spilled while it went, and then did write, is there twice (C05).
		const events = new Map(rows.map(({ json }) => folded(json)).map((event) => [event.messageId, event]));
		done = runtime.restore(snapshot, [...events.values()], isWhole);
		// It is of another version of Ripen: what is left of the past is folded anew.
		if (!done) journal.log.unshift(...rows);
	}
	if (!done) return nothing;
	remembered.learn(before);
	return { position, tag };
}

/** Goes on from what earlier page loads knew, folds what came since, and keeps on. */
export async function evaluate(
	face: Face,
	runtime: Runtime,
	playbook: Uint8Array,
	over: AbortSignal,
): Promise<void> {
	const { clock, emit, journal, local, warn } = face;
	const remembered = openKnown();
	let { position: covered, tag } = await restored(face, runtime, remembered);
	if (over.aborted) return;
	let position = covered;
	const exposures = openExposures(face);
	/** What other devices have shown is known, or will not be in time. */
	let arrival: Promise<unknown> | undefined;
	/** What has happened in this page load, the latest at the end. */
	let recent: Folded[] = [];
	/** Decides again, by what has been learnt meanwhile; false where it is not known any more what the edge was. */
	const again = ({ at, event: name, load, element, call }: Decision): boolean => {
		// One that was decided about again has a later time.
		const event = recent.findLast((each) => each.time <= at && each.event === name);
		if (name && !event) return false;
		const edge = { load, element, call };
		publish([decided(runtime.advance(clock.now(), slot.surroundings(), { ...edge, event }), edge)]);
		return true;
	};
	const slot = openSlot(
		face,
		runtime,
		exposures,
		over,
		() => arrival,
		(due) => safely(() => again(due)),
	);
	const conclusions = openConclusions(face);
	const occasions = openOccasions(face, runtime.elements(), () => engine.fold(), over);
	let late = 0;
	let shown = "";
	let cancel: (() => void) | undefined;
	let broken = false;
	let known = face.ids();

	/** The module says that it does not throw; if it does, its state is lost, not the page's (C12). */
	const safely = <T>(work: () => T): T | undefined => {
		if (broken) return;
		try {
			return work();
		} catch (error) {
			broken = true;
			cancel?.();
			face.unavailable(error);
		}
	};
	/** About whom, of which account, the collector was asked. */
	let asked: string | undefined;
	/** What it said last. */
	let collector: Restored | undefined;
	let opened: (() => Promise<void>) | undefined;
	const ask = async () => {
		const { openSnapshots } = await import("./snapshot.js");
		// Who is there may change before it has come: each of two would ask about the same.
		opened ??= openSnapshots(face, site, over);
		await opened();
	};
	/** Another tab may have signed in or out. */
	const meet = () => {
		const { anonymousId, userId, groupId, signature } = face.ids();
		const about = userId && `${userId}\n${groupId}`;
		if (about !== asked && (signature || face.settings.token) && face.mode === "events" && face.mayStore()) {
			asked = about;
			arrival = Promise.race([
				ask().catch(() => {}),
				new Promise<void>((late) => clock.wakeAt(clock.now() + longestWaitMs, late)),
			]);
		}
		// Who signs in is the same person; who signs out, here or there, is not (C24).
		if (anonymousId !== known.anonymousId || (known.userId && userId !== known.userId)) {
			recent = [];
			slot.left();
		}
		known = { anonymousId, userId };
		runtime.setPerson(userId ?? anonymousId);
	};
	const view = (): View | undefined => {
		meet();
		const seen = runtime.view();
		const { account, asOf } = collector?.person === seen?.person ? (collector ?? {}) : {};
		return (
			seen && {
				...seen,
				knownSince: face.ids().since,
				account_as_of: seen.account && account === seen.account ? asOf : undefined,
				state: "current",
			}
		);
	};
	/** `isTold`: what happened in another tab, that tells. */
	const publish = (outcomes: (Outcome & { isTold?: boolean })[]) => {
		const seen = view();
		const changes: Change[] = outcomes.flatMap((outcome) => outcome.changes);
		const before = shown;
		// Whoever hears of it may ask at once what is due.
		shown = JSON.stringify({ ...seen, at: 0 });
		if (seen && (changes.length || shown !== before)) {
			// For the first frame of the next page load.
			local.set("view", JSON.stringify(seen));
			emit("change", () => [seen, changes]);
			slot.changed();
		}
		cancel?.();
		const now = clock.now();
		const next = Math.min(runtime.nextChange(), nextHour(now));
		// A hidden page is evaluated when it is shown again.
		cancel =
			seen && !document.hidden ? clock.wakeAt(Math.max(next, now + soonestMs), engine.advance) : undefined;
		if (seen) {
			for (const { changes, isTold } of outcomes) if (!isTold) conclusions.changed(changes, seen);
			// Of whom there is no activity, nobody has done anything that counts.
			if (active && seen.momentum) conclusions.active(seen);
			active = false;
		}
		for (const { converted, decisions } of outcomes) {
			for (const { at, ...conversion } of converted) {
				// Several tabs may find it out, and a page load that folds it again: it is one event.
				const id = [known.anonymousId, conversion.nudge, at].join("-");
				exposures.once(id, () => record(face, "$nudge_converted", { ...conversion }, id));
			}
			decisions.forEach(slot.settle);
		}
		slot.review();
	};
	/** What won has the slot before anything else is asked. */
	const decided = (outcome: Outcome, edge?: Omit<Edge, "event">): Outcome => {
		const decisions = outcome.decisions.map((decision) => ({ ...decision, ...(decision.event ? {} : edge) }));
		for (const { won } of decisions) if (won) slot.claim(won);
		late = outcome.late ?? late;
		return { ...outcome, decisions };
	};
	let active = false;
	let behind = false;
	let turns = Promise.resolve();
	/** Each takes the place of what is known, one after the other; nothing is folded while it is looked up. */
	const replace = (work: () => Promise<void>) => {
		turns = turns
			.then(work)
			.catch((error) => warn("internal", error))
			.then(() => {
				behind = false;
				engine.advance();
			});
		return turns;
	};
	const fold = (most = Infinity) => {
		if (behind) return [];
		const runs: { live: boolean; events: Folded[] }[] = [];
		for (const { key, json } of journal.log.splice(0, most)) {
			if (key <= covered) continue;
			// Two tabs may write at one moment: in localStorage the later key may then be read first.
			position = Math.max(position, key);
			const event = folded(json);
			if (face.isConclusion(event.event) || remembered.has(event.messageId)) continue;
			// Events of other tabs, and of earlier page loads, were decided there (C33).
			const live = event.context.stream === face.stream;
			if (live && event.type === "page") occasions.told(event.name);
			if (live) recent = [...recent, event].slice(-mostRecent);
			active ||= live && /^(track|page|screen)$/.test(event.type) && event.event?.[0] !== "$";
			const run = runs.at(-1);
			if (run?.live === live) run.events.push(event);
			else runs.push({ live, events: [event] });
		}
		meet();
		// What leaves by now is not in the way of what comes.
		slot.review();
		const outcomes = runs.map(({ live, events }) => {
			// Each that is out of order makes the engine fold what came after it anew.
			events.sort((one, other) => one.time - other.time);
			const outcome = decided(runtime.fold(events, slot.surroundings(), live));
			// What follows from an event is told by the tab of the event; or here, if that is gone.
			return live || starting ? outcome : { ...outcome, converted: [], isTold: true };
		});
		// What was tracked before comes first; and of nobody nothing can be decided yet.
		if (occasions.any() && !journal.unwritten.length && !journal.log.length && runtime.view())
			for (const edge of occasions.take()) {
				if (edge.load) visit(face, 1);
				outcomes.push(decided(runtime.advance(clock.now(), slot.surroundings(), edge), edge));
			}
		return outcomes;
	};
	let starting = true;
	let waiting = false;
	/** Some of what there is; the rest in tasks of its own. */
	const foldSome = () => {
		publish(fold(mostAtOnce));
		if (waiting || behind || !journal.log.length) return;
		waiting = true;
		// Nothing is waited for but the end of this task, so that no clock has a say.
		setTimeout(() => {
			waiting = false;
			engine.fold();
		});
	};
	const advance = () => publish([...fold(), decided(runtime.advance(clock.now(), slot.surroundings()))]);
	const engine: Engine = {
		view: () => safely(view),
		fold: () => safely(foldSome),
		cover: () =>
			safely(() => {
				foldSome();
				if (behind) return;
				return { position, snapshot: runtime.snapshot(), folded: remembered.list(), tag };
			}),
		get late() {
			return late;
		},
		advance: () => safely(advance),
		catchUp: () =>
			replace(async () => {
				behind = true;
				const stored = await stateOf<Cover>(journal, "snapshot");
				safely(() => {
					if (!stored?.snapshot || stored.position <= position) return;
					const before = runtime.snapshot();
					if (runtime.restore(stored.snapshot)) {
						({ position, tag } = stored);
						covered = position;
						remembered.learn(stored.folded);
						// Who stored it may not know what the collector has said meanwhile.
						if (asked) ask().catch(() => {});
					}
					// By a tab of another version of Ripen: what this one knows is better than nothing.
					else runtime.restore(before);
				});
			}),
		decisions: slot.decisions,
		page: slot.page,
		async preview(id) {
			const { preview } = await import("./preview.js");
			await preview(slot.page, runtime.nudge(id), id);
		},
		async explain(id) {
			engine.advance();
			const slotTaken = await slot.isTaken();
			const grounds = safely(() => ({
				playbook,
				snapshot: runtime.snapshot(),
				person: known.userId ?? known.anonymousId,
				surroundings: { ...slot.surroundings(), slotTaken },
			}));
			return grounds ? (await import("./explain.js")).explain(face, grounds, id) : [];
		},
	};
	const site: Site = {
		get tag() {
			return tag;
		},
		get asOf() {
			return collector?.asOf;
		},
		format: () => safely(() => runtime.snapshot()[1]),
		view() {
			engine.advance();
			return engine.view();
		},
		late: () => late,
		folded: remembered.list,
		adopt: (restored, missing) =>
			replace(async () => {
				safely(() => publish(fold()));
				if (restored.tag !== tag) {
					behind = true;
					const { rows } = await journal.run((store) => store.past(position));
					if (over.aborted || face.ids().userId !== restored.person) return;
					const events = missing(rows).map(({ json }) => folded(json));
					const own = events.filter(({ event }) => !face.isConclusion(event));
					// Nothing of it is told: it happened elsewhere, or was told when it happened.
					if (!safely(() => runtime.adopt(restored.snapshot, own, clock.now())))
						return warn("snapshot_unreadable");
					({ tag } = restored);
					// A form that the collector does not have yet is open all the same.
					const asked = own.some(({ event }) => event === "$lead_submitted");
					if (restored.lead !== undefined) setLead(face, restored.lead || asked);
				}
				collector = restored;
			}),
	};
	over.addEventListener("abort", () => {
		broken = true;
		cancel?.();
		slot.left();
	});
	face.useEngine(engine);
	engine.advance();
	starting = false;
	const nudge = previewed(face);
	if (nudge) face.debug(nudge);
}
