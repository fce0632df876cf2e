// Sections 2 and 8 of semantics.md: every subject at every start of an hour of its clock, and every event.
import { compileSubjects, evaluator } from "./evaluate.mjs";
import { mergeTraits, readEvents } from "./events.mjs";
import { sixDecimals } from "./numbers.mjs";
import { Account, Person } from "./subject.mjs";
import { byBytes, HOUR, hourOf, readTime, writeTime } from "./time.mjs";

/**
 * Replays a file's bytes against a playbook: `{final, timeline}`, the lines of `ripen replay` as objects. `at` as
 * `--at`, RFC 3339.
 */
export function replay(playbook, buffer, at) {
	const events = readEvents(buffer, at === undefined ? undefined : readTime(at));
	if (events.length === 0) return { final: [], timeline: [] };
	const end = at === undefined ? events.at(-1).time : readTime(at);
	const compiled = compileSubjects(playbook);
	const persons = new Map();
	const accounts = new Map();
	for (const event of events) {
		if (!persons.has(event.person)) persons.set(event.person, new Person("person", event.person, compiled));
		persons.get(event.person).events.push(event);
		if (event.account === undefined) continue;
		if (!accounts.has(event.account))
			accounts.set(event.account, new Account("account", event.account, compiled));
		const account = accounts.get(event.account);
		account.events.push(event);
		if (event.type !== "group") continue;
		const traits = mergeTraits(account.versions.at(-1)?.traits ?? {}, event.traits);
		account.versions.push({ time: event.time, index: event.index, traits });
	}

	const evaluate = evaluator(playbook);
	const timeline = [];
	const reporter = (subject, time) => (change) => timeline.push({ subject, time, change });

	function evaluateAccount(account, time, sees) {
		for (; account.folded < account.events.length && sees(account.events[account.folded]); account.folded++) {
			const event = account.events[account.folded];
			account.take(event, hourOf(event.time, 0));
		}
		const accountTraits = account.traitsWhere(sees);
		const members = [...account.members].map((person) => person.last);
		const seen = { at: time, hour: hourOf(time, 0), offset: 0, accountTraits, members };
		evaluate(account, seen, reporter(account, time));
	}

	function evaluatePerson(person, time, sees) {
		person.time = time;
		const account = accounts.get(person.account);
		const seen = { at: time, hour: person.clock, offset: person.offset, user: person.traits };
		seen.accountTraits = account?.traitsWhere(sees);
		seen.account = account?.last;
		evaluate(person, seen, reporter(person, time));
	}

	function fold(person, event) {
		const shown = Math.max(person.clock, hourOf(event.time, person.offset));
		const before = person.folded === 0 ? -Infinity : shown;
		person.folded += 1;
		person.offset = event.offset ?? person.offset;
		person.clock = Math.max(before, hourOf(event.time, person.offset));
		accounts.get(person.account)?.members.delete(person);
		person.account = event.account;
		accounts.get(person.account)?.members.add(person);
		if (event.type === "identify") person.traits = mergeTraits(person.traits, event.traits);
		person.take(event, person.clock);
		evaluatePerson(person, event.time, (each) => each.index <= event.index);
	}

	/** The person's events and hour starts before `until`, an hour start before the events of its instant. */
	function advance(person, until) {
		for (;;) {
			const event = person.events[person.folded];
			const hour = person.folded === 0 ? Infinity : hourOf(person.time, person.offset) + 1;
			const start = hour * HOUR - person.offset * 60000;
			if (event !== undefined && event.time < start) {
				if (event.time >= until) return;
				fold(person, event);
				continue;
			}
			if (start >= until) return;
			person.time = start;
			// A clock that is ahead stands still: then no hour of it starts.
			if (hour <= person.clock) continue;
			person.clock = hour;
			evaluatePerson(person, start, (each) => each.time < start);
		}
	}

	for (let start = hourOf(events[0].time, 0) * HOUR; start <= end; start += HOUR) {
		for (const account of accounts.values()) {
			if (account.events[0].time < start) evaluateAccount(account, start, (event) => event.time < start);
		}
		for (const person of persons.values()) advance(person, Math.min(start + HOUR, end + 1));
	}
	for (const account of accounts.values()) evaluateAccount(account, end, () => true);
	for (const person of persons.values()) evaluatePerson(person, end, () => true);

	const sorted = (subjects) => [...subjects.values()].sort((a, b) => byBytes(a.id, b.id));
	const inOrder = [...sorted(accounts), ...sorted(persons)];
	const rank = new Map(inOrder.map((subject, index) => [subject, index]));
	timeline.sort((a, b) => a.time - b.time || rank.get(a.subject) - rank.get(b.subject));
	return {
		final: [...sorted(persons), ...sorted(accounts)].map((subject) => finalLine(subject, end)),
		timeline: timeline.map(({ subject, time, change }) => ({
			at: writeTime(time),
			[subject.scope]: subject.id,
			...change,
		})),
	};
}

function finalLine(subject, end) {
	const { signals, segments, momentum, alive, scores, bands, stages, moments } = subject.last;
	const who =
		subject.scope === "person" ? { person: subject.id, account: subject.account } : { account: subject.id };
	const concluded = { signals, segments, momentum, alive, scores, bands, stages, moments };
	const line = { ...who, at: writeTime(end), ...concluded };
	return JSON.parse(
		JSON.stringify(line, (_, value) => (typeof value === "number" ? sixDecimals(value) : value)),
	);
}
