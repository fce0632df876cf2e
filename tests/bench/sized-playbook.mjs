/**
 * Playbooks of any size, and events that touch the same few definitions in each: what an event costs must not grow
 * with what it does not touch.
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of these names all events are, so that the same ones are measured with every playbook. */
const NAMES = 3;
/** Each name of an event has so many signals. */
const SIGNALS = 3;

/** `size` signals and as many nudges; segments, rungs and moments over them. None at all for size 0. */
export function sizedPlaybook(size) {
	const names = Math.max(NAMES, Math.floor(size / SIGNALS));
	const at = (index) => `event_${index % names}`;
	const each = (count, definition) =>
		Object.fromEntries(Array.from({ length: count }, (_, i) => definition(i)));
	const forms = [
		(event) => ({ count: event, within: "28d" }),
		(event) => ({ days: event, within: "14d" }),
		(event) => ({ since: event }),
	];
	return {
		activity: size > 0 ? "*" : "never",
		signals: each(size, (i) => [`signal_${i}`, forms[Math.floor(i / names) % forms.length](at(i))]),
		segments: each(size, (i) => [`segment_${i}`, { when: { [`signals.signal_${i}`]: { $gte: 1_000_000 } } }]),
		ladders: each(Math.floor(size / 5), (i) => [
			`ladder_${i}`,
			{
				rungs: [
					{ id: "first" },
					...[1, 2, 3, 4].map((j) => ({
						id: `rung_${j}`,
						when: { [`signals.signal_${i * 5 + j}`]: { $gte: j * 1_000_000 } },
					})),
				],
			},
		]),
		moments: each(Math.floor(size / 5), (i) => [
			`moment_${i}`,
			{
				when: { segments: { $in: [`segment_${i}`] }, [`signals.signal_${i}`]: { $gte: 10 } },
				motion: "self_serve",
			},
		]),
		policy: { help_first: false },
		nudges: each(size, (i) => [
			`nudge_${i}`,
			{
				purpose: "help",
				on: { event: at(i) },
				when: { [`signals.signal_${i}`]: { $lt: 0 } },
				placement: { kind: "banner", position: "bottom" },
				content: { en: { title: "Title", body: "Body" } },
			},
		]),
	};
}

/** Each name once, a day before: so that nothing is measured on an empty state. */
export const eventsBefore = (size) =>
	Array.from({ length: Math.max(NAMES, Math.floor(size / SIGNALS)) }, (_, i) => event("b", i, i, -DAY + i));

/** A second apart, so that few hours begin meanwhile. */
export const sizedEvents = (count) =>
	Array.from({ length: count }, (_, i) => event("e", i, i % NAMES, i * 1_000));

function event(prefix, number, name, after) {
	return {
		type: "track",
		messageId: `${prefix}${String(number).padStart(6, "0")}`,
		userId: "ada",
		timestamp: new Date(Date.UTC(2026, 0, 5, 9) + after).toISOString(),
		context: { timezoneOffset: 60, sessionId: "s1" },
		event: `event_${name}`,
		properties: { size: number % 7, plan: "team" },
	};
}
