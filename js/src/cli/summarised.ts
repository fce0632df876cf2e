/** The summary of a replay, for people. */
import type { Reach, Summary } from "../module.js";
import { count } from "./problems.js";

/** So many weeks fit beside a name; `--json` has all. */
const weeksShown = 6;

export function summarised(summary: Summary): string {
	const all = [...summary.nudges, ...summary.moments, ...summary.rungs];
	const weeks = [...new Set(all.flatMap((each) => Object.keys(each.weeks)))].sort();
	const shown = weeks.slice(-weeksShown);
	const reach = (each: Reach) => [each.reached, ...shown.map((week) => each.weeks[week] ?? 0)];
	const heads = ["in all", ...shown];
	const parts = [
		table(
			["nudge", "people", ...shown, "shown", "won", "outranked", "held back most by"],
			summary.nudges.map((each) => [
				each.nudge,
				...reach(each),
				each.shown,
				`${each.won} of ${count(each.edges, "edge")}`,
				each.outranked,
				blocked(each.blocked),
			]),
		),
		variants(summary),
		table(
			["moment", ...heads],
			summary.moments.map((each) => [named(each.moment, each.scope), ...reach(each)]),
		),
		table(
			["rung", ...heads],
			summary.rungs.map((each) => [named(`${each.ladder}.${each.rung}`, each.scope), ...reach(each)]),
		),
		table(
			["competing", "times", "the first won", "the second won"],
			summary.competing.map(({ nudges, times, won }) => [nudges.join(" and "), times, ...won]),
		),
	];
	if (weeks.length > shown.length)
		parts.push(`The last ${shown.length} of ${count(weeks.length, "week")}; --json has all.\n`);
	return parts.filter(Boolean).join("\n") || "The playbook has no nudge, no moment and no rung.\n";
}

/** People who were shown each variant. */
function variants({ nudges }: Summary): string {
	const rows = nudges.flatMap(({ nudge, variants = {} }) =>
		Object.entries(variants).map(([id, people]) => [`${nudge}, ${id}`, people]),
	);
	return table(["variant", "people"], rows);
}

const named = (name: string, scope: string) => (scope === "account" ? `${name} (accounts)` : name);

function blocked(reasons: Record<string, number>): string {
	const most = Object.entries(reasons).slice(0, 3);
	return most.map(([reason, times]) => `${reason} ${times}`).join(", ") || "-";
}

/** Words to the left, numbers to the right; nothing at all without rows. */
function table(heads: string[], rows: (string | number)[][]): string {
	if (rows.length === 0) return "";
	const widths = heads.map((head, column) =>
		Math.max(head.length, ...rows.map((row) => String(row[column]).length)),
	);
	const line = (cells: (string | number)[], numbers: (string | number)[]) =>
		cells
			.map((cell, column) => {
				const width = widths[column] ?? 0;
				return typeof numbers[column] === "number"
					? String(cell).padStart(width)
					: String(cell).padEnd(width);
			})
			.join("  ")
			.trimEnd();
	const [first = []] = rows;
	return `${[line(heads, first), ...rows.map((row) => line(row, row))].join("\n")}\n`;
}
