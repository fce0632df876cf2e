/**
 * `npm run bench:delivery`: what becomes of events where something goes wrong, with Ripen and with others, side by
 * side. `--patience 2` waits twice as long for an SDK to be quiet, where the machine has other things to do. `--only ripen,posthog` and `--row burst,leave` choose; `--write` puts the table into docs/delivery-benchmark.md.
 * Nothing is asserted: the tests do that. What is tried is in tests/bench/delivery.
 */
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "./browsers.mjs";
import { build } from "./build.mjs";
import { run } from "./command.mjs";
import { writeFigures } from "./figures.mjs";
import { at } from "./places.mjs";
import { installPeers } from "./sdks.mjs";
import { setupTests } from "./setup.mjs";
import { Stop, step, task } from "./step.mjs";

const PAGE = "docs/delivery-benchmark.md";

await task(async () => {
	const { values } = parseArgs({
		options: {
			only: { type: "string", default: "" },
			row: { type: "string", default: "" },
			write: { type: "boolean", default: false },
			patience: { type: "string", default: "1" },
			"no-build": { type: "boolean", default: false },
		},
	});
	await setupTests();
	if (!values["no-build"]) await build();
	await installPeers();
	// Only now: they need what a fresh clone does not have.
	const { measure, rows, sdks } = await import("../tests/bench/delivery/run.mjs");
	const { summary, table } = await import("../tests/bench/delivery/table.mjs");
	const only = chosen(values.only, sdks, "SDK");
	const row = chosen(
		values.row,
		rows.map(({ id }) => id),
		"row",
	);
	const measured = await measure({
		only,
		row,
		playbook: await playbook(),
		executablePath: chromium(),
		factor: Number(values.patience),
		told: ({ row, sdk, result }) => console.log(line(row, sdk, result)),
	});
	const text = `${conditions(measured)}\n\n${summary(measured)}\n\n${table(measured)}`;
	console.log(`\n${text}`);
	if (values.write) writeFigures(PAGE, "figures", text);
});

function chosen(list, known, what) {
	const names = list.split(",").filter(Boolean);
	const wrong = names.find((name) => !known.includes(name));
	if (wrong) throw new Stop(`there is no ${what} ${wrong}`, `one of: ${known.join(", ")}`);
	return names;
}

/** So that the engine has what it has on a real page. */
async function playbook() {
	const compiled = at("target/bench/delivery.ripen");
	await step("Playbook of the page", {}, () =>
		run(process.execPath, [
			"js/dist/cli.js",
			"compile",
			"tests/bench/store.playbook.json",
			"--out",
			compiled,
		]),
	);
	return readFileSync(compiled);
}

function line(
	{ id },
	sdk,
	{ failed, sent, arrived, firstVisit, twice, stored, lost, unknown, requests, note, strange },
) {
	const notes = [
		note,
		failed && `failed: ${failed}`,
		unknown > 0 && `${unknown} unknown`,
		...(strange ?? []),
	];
	const figures = `sent ${sent}, arrived ${arrived} (${firstVisit} before coming back), twice ${twice} (${stored} at the store), lost ${lost}, ${requests} requests`;
	return `${id.padEnd(12)} ${sdk.padEnd(12)} ${figures} ${notes.filter(Boolean).join("; ")}`;
}

function conditions({ browser, versions, titles, sdks }) {
	const of = sdks.map((sdk) => `${titles[sdk]} ${versions[sdk]}`).join(", ");
	const date = new Date().toISOString().slice(0, 10);
	const load = `load average ${loadavg()[1].toFixed(0)} on ${cpus().length} processors`;
	return `Taken on ${date} by \`npm run bench:delivery -- --write\`, Chromium ${browser}, ${load}: ${of}.`;
}
