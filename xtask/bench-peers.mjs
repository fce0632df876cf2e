/**
 * `npm run bench:peers`: what Ripen and six other SDKs cost a page, side by side, and what two others take to show
 * something. `--only ripen,posthog` chooses SDKs, `--rounds 3` how often; `--burst 1000` and `--stream 10000` how many
 * events at once, and in all; `--patience 2` waits twice as long; `--write` puts the tables into docs/benchmarks.md. Nothing is asserted, but that events
 * arrive: without that there is no figure. What is measured is in tests/bench/beside.
 */
import { parseArgs } from "node:util";
import { chromium } from "./browsers.mjs";
import { build } from "./build.mjs";
import { writeFigures } from "./figures.mjs";
import { installPeers } from "./sdks.mjs";
import { setupTests } from "./setup.mjs";
import { Stop, step, task } from "./step.mjs";

await task(async () => {
	const text = (value) => ({ type: "string", default: value });
	const { values } = parseArgs({
		options: {
			only: text(""),
			rounds: text("3"),
			spaced: text("100"),
			burst: text("1000"),
			stream: text("10000"),
			patience: text("1"),
			write: { type: "boolean", default: false },
			"no-build": { type: "boolean", default: false },
		},
	});
	const count = (name, least) => {
		const value = Number(values[name]);
		if (!Number.isInteger(value) || value < least)
			throw new Stop(`--${name} ${values[name]}`, `a number, at least ${least}`);
		return value;
	};
	const rounds = count("rounds", 1);
	const sizes = { spaced: count("spaced", 1), burst: count("burst", 1), stream: count("stream", 0) };
	await setupTests();
	if (!values["no-build"]) await build();
	await installPeers();
	// Only now: they need what a fresh clone does not have.
	const { compiled } = await import("../tests/bench/beside/playbook.mjs");
	const { measure, sdks } = await import("../tests/bench/beside/run.mjs");
	const { conditions, table } = await import("../tests/bench/beside/table.mjs");
	const only = values.only.split(",").filter(Boolean);
	const wrong = only.find((name) => !sdks.includes(name));
	if (wrong) throw new Stop(`there is no SDK ${wrong}`, `one of: ${sdks.join(", ")}`);
	let playbook;
	await step("Playbook of the page", {}, async () => {
		playbook = await compiled();
	});
	const measured = await measure({
		...{ only, rounds, sizes, playbook },
		executablePath: chromium(),
		patience: count("patience", 1),
		told: ({ round, name, trial }) => console.log(line(round, name, trial)),
	});
	const figures = `${conditions(measured, rounds, sizes)}\n\n${table(measured)}`;
	console.log(`\n${figures}`);
	if (values.write) writeFigures("docs/benchmarks.md", "peers", figures);
});

/** As it comes, so that somebody who waits sees that something happens. */
function line(round, name, { spaced, burst, stream, first, again }) {
	const phases = Object.entries({ spaced, burst, stream })
		.filter(([, phase]) => phase)
		.map(([name, { arrived, count, work }]) => `${name} ${arrived}/${count} in ${work.toFixed(0)} ms`);
	const shown = first ? [`shown in ${first.wall.toFixed(0)}, ${again.wall.toFixed(0)} ms`] : [];
	return `round ${round + 1}: ${name.padEnd(12)} ${[...phases, ...shown].join(", ")}`;
}
