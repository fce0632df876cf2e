/**
 * The same folds through the modules that are shipped. This file runs in Node and in a page: it is given the modules'
 * exports and what `inputs.mjs` has written, as texts and bytes.
 */
import { measure } from "./rounds.mjs";

const SURROUNDINGS = { page: { path: "/" }, locale: "en", slotTaken: false };
/** So many events the face gives to the module at once, about. */
const BATCH = 100;

const linesOf = (text) => text.split("\n").filter(Boolean);

/** As `js/src/evaluation.ts` reads a row of the journal. */
function folded(line) {
	const { timestamp, ...message } = JSON.parse(line);
	return { ...message, time: Date.parse(timestamp) };
}

/** `inputs`: `{recordings: {NAME: text}, playbooks: {NAME: text}, plan}`. Resolves with groups as the native half's. */
export async function measureWasm({ page, toolkit }, inputs, rounds) {
	const compiled = (name) => toolkit.compile(inputs.playbooks[name]);
	const groups = [];
	for (const [recording, playbooks] of Object.entries(inputs.plan.folds))
		groups.push(await folds({ page, toolkit }, inputs, recording, playbooks, rounds));
	groups.push(await sizes(page, compiled, inputs, rounds));
	const { group, snapshot, playbook } = await life(page, compiled("sample"), inputs, rounds);
	return { groups: [...groups, group], bytes: { snapshot, playbook } };
}

function folds({ page, toolkit }, { recordings, playbooks }, recording, names, rounds) {
	const text = recordings[recording];
	const lines = linesOf(text);
	const bytes = new TextEncoder().encode(text);
	const units = lines.length;
	const cases = [{ name: "floor", units, work: () => lines.map((line) => JSON.parse(line)).length }];
	for (const name of names) {
		cases.push({
			name: `replay ${name}`,
			units,
			prepare: () => new toolkit.Replay(playbooks[name]),
			work(replay) {
				for (let at = 0; at < bytes.length; at += 65_536) replay.push(bytes.subarray(at, at + 65_536));
				return replay.finish(undefined, false);
			},
			release: (_, replay) => replay.free(),
		});
	}
	// A page folds what its own people do: the busiest of the recording, all of whose events it has in its journal.
	const own = ofBusiest(lines);
	const name = names[0];
	const playbook = toolkit.compile(playbooks[name]);
	cases.push({ name: "floor page", units: own.length, work: () => own.map(folded).length });
	cases.push({
		name: `page ${name}`,
		units: own.length,
		prepare: () => runtime(page, playbook, own),
		work: (runtime) => foldAll(runtime, own, false),
		release: (_, runtime) => runtime.free(),
	});
	return measure(recording, cases, rounds);
}

/** The lines of the person who has most of them. */
function ofBusiest(lines) {
	const people = new Map();
	for (const line of lines) {
		const { userId } = JSON.parse(line);
		people.set(userId, [...(people.get(userId) ?? []), line]);
	}
	return [...people.values()].reduce((most, lines) => (lines.length > most.length ? lines : most));
}

function runtime(page, playbook, lines) {
	const runtime = new page.Runtime(playbook);
	runtime.setPerson(JSON.parse(lines[0]).userId);
	return runtime;
}

/** Reading the rows of the journal included. */
function foldAll(runtime, lines, live) {
	for (let at = 0; at < lines.length; at += BATCH)
		runtime.fold(lines.slice(at, at + BATCH).map(folded), SURROUNDINGS, live);
	return runtime;
}

/** What one event costs by the size of the playbook: `all`, with the arbiter; `state`, without. */
function sizes(page, compiled, { recordings, plan }, rounds) {
	const lines = linesOf(recordings.sized).slice(0, 1_000);
	const cases = plan.sizes.flatMap((size) => {
		const playbook = compiled(`sized-${size}`);
		const before = linesOf(recordings[`sized-${size}.before`]);
		return [true, false].map((live) => ({
			name: `${live ? "device" : "state"} ${size}`,
			units: lines.length,
			prepare: () => foldAll(runtime(page, playbook, lines), before, false),
			work: (runtime) => foldAll(runtime, lines, live),
			release: (_, runtime) => runtime.free(),
		}));
	});
	return measure("sizes", cases, rounds);
}

/** Years of one person in the sample product: what a page has to store, and what it takes to go on from there. */
async function life(page, playbook, { recordings }, rounds) {
	const lines = ofBusiest(linesOf(recordings.contributions)).map(asWork);
	const grown = foldAll(runtime(page, playbook, lines), lines, false);
	const snapshot = grown.snapshot();
	const view = JSON.stringify(grown.view());
	const { userId } = JSON.parse(lines[0]);
	grown.free();
	const units = 100;
	const cases = [
		{ name: "floor", units, work: () => many(units, () => JSON.parse(view)) },
		{
			name: "restore",
			units,
			prepare: () => new page.Runtime(playbook),
			work: (runtime) => many(units, () => runtime.restore(snapshot)),
			release: (_, runtime) => runtime.free(),
		},
		{ name: "open", units, work: () => many(units, () => opened(page, playbook, snapshot, userId)) },
	];
	const group = await measure("life", cases, rounds);
	return { group, snapshot: snapshot.length, playbook: playbook.length };
}

function opened(page, playbook, snapshot, person) {
	const runtime = new page.Runtime(playbook);
	runtime.restore(snapshot);
	runtime.setPerson(person);
	const view = runtime.view();
	runtime.free();
	return view;
}

function many(count, work) {
	let last;
	for (let i = 0; i < count; i++) last = work();
	return last;
}

/** A commit as what somebody does in the sample product. */
const WORK = {
	change_authored: "task_created",
	change_merged: "task_completed",
	pairing_credited: "teammate_invited",
};
const asWork = (line) => line.replace(/"event":"(\w+)"/, (_, name) => `"event":"${WORK[name] ?? name}"`);
