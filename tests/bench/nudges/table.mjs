// From what was measured to the table: medians of the rounds, and the longest task of all of them.
import { PHASES, SLOWNESS } from "./measure.mjs";

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const ms = (value) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

export function table(measured) {
	const names = [...new Set(measured.map(({ name }) => name))];
	const lines = SLOWNESS.flatMap((slowness) =>
		names.map((name) => {
			const rounds = measured.filter((each) => each.name === name && each.slowness === slowness);
			const of = (phase, what) => rounds.map((each) => each[phase][what]);
			const figures = PHASES.flatMap((phase) => [
				ms(median(of(phase, "work"))),
				`${ms(median(of(phase, "longest")))} (${ms(Math.max(...of(phase, "longest")))})`,
			]);
			const ratio = median(rounds.map(({ later, floor }) => later.work / floor.work));
			const moved = Math.max(...rounds.map((each) => each.moved));
			const long = rounds.flatMap((each) => each.long);
			const lengths = long.length > 0 ? long.map(Math.round).join(", ") : "none";
			return [`${slowness} ×`, name, ...figures, `${ratio.toFixed(1)} ×`, lengths, moved.toFixed(3)];
		}),
	);
	const head = [
		...["slower", "nudge", "first: work, ms", "longest task"],
		...[
			"again: work, ms",
			"longest task",
			"by hand: work, ms",
			"longest task",
			"again ÷ by hand",
			"long tasks",
			"CLS",
		],
	];
	const rule = head.map((_, at) => (at < 2 ? "---" : "---:"));
	return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
