/** What `ripen fit` found, for people. */
import type { FitReport, FitRow, Parameters } from "../module.js";

const names = ["r", "alpha", "a", "b"] as const;
const percent = (share: number) => `${Math.round(share * 100)} %`;
const share = ({ people, came_back }: { people: number; came_back: number }) =>
	`${came_back} of ${people} (${percent(people > 0 ? came_back / people : 0)})`;

/** The lines, each with its newline. */
export function fitted(report: FitReport): string {
	return [
		`${report.people} people in ${report.days} days, up to ${report.end}`,
		"",
		pasted(report),
		"",
		...parameters(report),
		"",
		...meaning(report.rhythm),
		...calibration(report),
		...threshold(report),
		"",
	].join("\n");
}

/** As it goes into a playbook. */
function pasted({ rhythm }: FitReport): string {
	const entries = Object.entries(rhythm).map(([name, value]) => `"${name}": ${value}`);
	return `"rhythm": { ${entries.join(", ")} }`;
}

function parameters({ rhythm, standard_errors, log_likelihood }: FitReport): string[] {
	const row = (title: string, of: Parameters | null) =>
		title.padEnd(15) + names.map((name) => String(of?.[name] ?? "-").padStart(12)).join("");
	return [
		row("", { ...rhythm, ...Object.fromEntries(names.map((name) => [name, name])) }),
		row("estimate", rhythm),
		row("standard error", standard_errors),
		`${"log-likelihood".padEnd(15)}${log_likelihood.toFixed(1).padStart(12)}`,
	];
}

function meaning({ r, alpha, a, b }: Parameters): string[] {
	return [
		`While somebody is there: ${((30 * r) / alpha).toFixed(1)} active days in 30, on average.`,
		`After an active day: ${percent(a / (a + b))} do not come back, on average.`,
	];
}

function calibration({ calibration }: FitReport): string[] {
	if (!calibration) return [];
	const { held_back_days, rows, all } = calibration;
	return [
		"",
		`Calibration: the last ${held_back_days} days were held back, and foretold from the days before.`,
		"",
		line("active days", "people", "active days then", "", "alive", "came back", ""),
		line("after the 1st", "", "foretold", "seen", "", "foretold", "seen"),
		...rows.map((row) => calibrated(row.and_more ? `${row.x} or more` : String(row.x), row)),
		calibrated("all", all),
	];
}

function calibrated(title: string, row: FitRow): string {
	const { people, predicted, seen, alive, expected_back, came_back } = row;
	const shares = [alive, expected_back, came_back].map(percent) as [string, string, string];
	return line(title, String(people), predicted.toFixed(2), seen.toFixed(2), ...shares);
}

function line(title: string, ...cells: [string, string, string, string, string, string]): string {
	const [people, foretold, seen, alive, expected, came] = cells;
	const days = seen || !foretold ? foretold.padStart(10) + seen.padStart(8) : foretold.padStart(18);
	const back = came || !expected ? expected.padStart(10) + came.padStart(7) : expected.padStart(17);
	return (title.padEnd(13) + people.padStart(8) + days + alive.padStart(8) + back).trimEnd();
}

function threshold({ threshold }: FitReport): string[] {
	if (!threshold) return [];
	const { at_risk_below, below, above } = threshold;
	return [
		"",
		`at_risk_below is your choice. ${at_risk_below} parts best who came back in that time from who did not:`,
		`below it ${share(below)} came back, from it on ${share(above)}.`,
	];
}
