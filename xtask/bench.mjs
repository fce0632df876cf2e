/**
 * `npm run bench`: how fast it is, with the machine's floor beside each figure; one table. `--write` puts it into
 * docs/benchmarks.md. Nothing is asserted: what a machine can do is not ours to promise. What is measured is in
 * tests/bench.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { chromium } from "./browsers.mjs";
import { build } from "./build.mjs";
import { npm, run } from "./command.mjs";
import { writeFigures } from "./figures.mjs";
import { at } from "./places.mjs";
import { setupTests } from "./setup.mjs";
import { step, task } from "./step.mjs";

const INPUTS = at("target/bench/inputs");
const PEERS = at("target/bench/peers");

await task(async () => {
	await setupTests();
	await build();
	// Only now: they need what a fresh clone does not have.
	const { writeInputs } = await import("../tests/bench/inputs.mjs");
	const { PEERS: peers } = await import("../tests/bench/peers.mjs");
	const { measureInChromium } = await import("../tests/bench/chromium.mjs");
	const { rowsOf, table } = await import("../tests/bench/table.mjs");

	const plan = writeInputs(INPUTS);
	await step("Benchmark, compiled natively", {}, () =>
		run("cargo", ["bench", "--quiet", "--bench", "native", "--no-run"]),
	);
	await step("Peers to compare with", { wayOut: "check the network, then run the command again" }, () =>
		install(peers),
	);
	const measured = {};
	const take = (name, work) =>
		step(`Measuring ${name}`, {}, async () => {
			measured[name] = await work();
		});
	await take("natively", async () => ({
		groups: lastLine(await run("cargo", ["bench", "--quiet", "--bench", "native", "--", INPUTS])),
	}));
	await take("Node", async () => lastLine(await run(process.execPath, ["tests/bench/node.mjs", INPUTS])));
	await take("Chromium", () => measureInChromium(INPUTS, chromium()));
	await take("peers", async () => lastLine(await run(process.execPath, ["tests/bench/peers.mjs", PEERS])));

	const text = `${conditionsOf(plan, measured)}\n\n${table(rowsOf(measured))}`;
	console.log(`\n${text}`);
	if (process.argv.includes("--write")) writeFigures("docs/benchmarks.md", "figures", text);
});

/** Beside us, not among what we depend on: nobody who uses or builds Ripen needs them. */
async function install(peers) {
	mkdirSync(PEERS, { recursive: true });
	writeFileSync(
		`${PEERS}/package.json`,
		JSON.stringify({ name: "peers", private: true, dependencies: peers }),
	);
	await npm(["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: PEERS });
}

function lastLine(output) {
	return JSON.parse(output.trimEnd().split("\n").at(-1));
}

/** On what, when and how it was measured. */
function conditionsOf(plan, { Chromium }) {
	const [{ model }] = cpus();
	const date = new Date().toISOString().slice(0, 10);
	const madeUp =
		plan.generated.length > 0 ? ` **Usage made up from a seed**: ${plan.generated.join(", ")}.` : "";
	return (
		`Measured on ${date} by \`npm run bench -- --write\`: ${cpus().length} × ${model}, one of them used; ` +
		`Node ${process.versions.node}, Chromium ${Chromium.version}.${madeUp}`
	);
}
