// Random ladders; `journey` with the rungs of which an ICP's success may have the conditions.
import { generateCondition } from "./generate-conditions.mjs";

const JOURNEY = ["set_up", "activated", "explored", "habitual", "champion"];

/** A ladder, added to what the views of `seenBy` know. */
export function generateLadder(random, name, known, seenBy) {
	const higher =
		name === "journey"
			? JOURNEY.filter(() => random.chance(0.8))
			: Array.from({ length: random.whole(2, 4) }, (_, i) => `rung_${i + 1}`);
	const rungs = [{ id: "rung_0" }];
	const lower = [`${name}.rung_0`];
	for (const id of higher) {
		const when = generateCondition(random, { ...known, reached: [...known.reached, ...lower] });
		rungs.push({ id, when, ...(random.chance(0.4) && { keep: random.chance(0.15) }) });
		lower.push(`${name}.${id}`);
	}
	for (const view of seenBy) {
		view.ladders.push({ name, rungs: rungs.map((rung) => rung.id) });
		view.reached.push(...lower);
	}
	const climb = random.pick([undefined, undefined, "in_order", "highest"]);
	return { rungs, ...(climb && { climb }) };
}

/** What an ICP says that success is, of what is written before `journey`. */
export function generateSuccess(random, known) {
	const keys = random.some(["set_up", "aha", "habit", "team"]);
	return Object.fromEntries(keys.map((key) => [key, generateCondition(random, known)]));
}
