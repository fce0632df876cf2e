/**
 * `npm run fuzz`: each target of `fuzz/` by libFuzzer with feedback by coverage, a minute each.
 * `npm run fuzz -- --minutes 5 playbook` runs one for five. The corpus stays in `target/fuzz` and grows from run to run;
 * what is found goes to `tests/crashers/TARGET`, and is then replayed by every `cargo test`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { CommandFailed, has, run } from "./command.mjs";
import { at } from "./places.mjs";
import { setup } from "./setup.mjs";
import { Stop, step, task } from "./step.mjs";

const TARGETS = ["playbook", "compiled", "snapshot", "events"];
/** What a target may take: for one input in seconds, in all in MB. Its inputs are short, so this is plenty. */
const LIMITS = ["-timeout=10", "-rss_limit_mb=1024", "-max_len=16384"];
/** What cargo-fuzz gives to rustc without a sanitizer: all of it is in stable Rust. */
const COVERAGE = [
	"-Cpasses=sancov-module",
	"-Cllvm-args=-sanitizer-coverage-level=4",
	"-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
	"-Cllvm-args=-sanitizer-coverage-pc-table",
	"-Cllvm-args=-sanitizer-coverage-trace-compares",
];

await task(async () => {
	const { minutes, targets } = wanted();
	await setup();
	const compiler = process.env.CXX ?? "c++";
	if (!has(compiler))
		throw new Stop(
			`libFuzzer is C++, and there is no ${compiler}`,
			"apt-get install g++, or name one by CXX",
		);
	const folder = await build(targets);
	const found = [];
	for (const target of targets) {
		const before = crashers(target);
		await fuzz(folder, target, minutes);
		found.push(...crashers(target).filter((path) => !before.includes(path)));
	}
	if (found.length === 0) return console.log(`\nnothing found in ${targets.join(", ")}`);
	throw new Stop(
		`found:\n${found.map((path) => `  ${path}`).join("\n")}`,
		"cargo test -p ripen-fuzz (it replays them); commit them with what mends it",
	);
});

function wanted() {
	const { values, positionals } = parseArgs({
		options: { minutes: { type: "string", default: "1" } },
		allowPositionals: true,
	});
	const minutes = Number(values.minutes);
	if (!(minutes > 0))
		throw new Stop(`${values.minutes} is no number of minutes`, "npm run fuzz -- --minutes 5");
	const wrong = positionals.find((target) => !TARGETS.includes(target));
	if (wrong) throw new Stop(`there is no target ${wrong}`, `one of: ${TARGETS.join(", ")}`);
	return { minutes, targets: positionals.length > 0 ? positionals : TARGETS };
}

/** The programs that fuzz, in a folder of their own: their flags would have everything else built again. */
async function build(targets) {
	const { stdout } = spawnSync("rustc", ["-vV"], { cwd: at("."), encoding: "utf8" });
	const host = /^host: (.*)$/m.exec(stdout)?.[1] ?? "";
	const folder = at("target/fuzz/build");
	// With `--target`, so that the flags are not for build scripts.
	const args = [
		"build",
		"--package",
		"ripen-fuzz",
		"--features",
		"libfuzzer",
		"--profile",
		"fuzz",
		"--target",
		host,
	];
	const programs = targets.flatMap((target) => ["--bin", `fuzz-${target}`]);
	const env = { CARGO_TARGET_DIR: folder, RUSTFLAGS: COVERAGE.join(" ") };
	await step("Fuzzers", { wayOut: "cargo check -p ripen-fuzz" }, () =>
		run("cargo", [...args, ...programs], { env }),
	);
	return `${folder}/${host}/fuzz`;
}

async function fuzz(folder, target, minutes) {
	const [corpus, seeds] = [at(`target/fuzz/corpus/${target}`), at(`target/fuzz/seeds/${target}`)];
	const [dictionary, kept] = [at("target/fuzz/dictionary"), at(`tests/crashers/${target}/`)];
	mkdirSync(corpus, { recursive: true });
	mkdirSync(kept, { recursive: true });
	await step(`Seeds of ${target}`, {}, () =>
		run("cargo", [
			"run",
			"--quiet",
			"--package",
			"ripen-fuzz",
			"--bin",
			"seeds",
			"--",
			target,
			seeds,
			dictionary,
		]),
	);
	const time = `-max_total_time=${Math.ceil(minutes * 60)}`;
	console.log(`── ${target}: ${minutes} min`);
	const flags = [time, ...LIMITS, `-dict=${dictionary}`, `-artifact_prefix=${kept}`, "-print_final_stats=1"];
	let output = "";
	try {
		output = await run(`${folder}/fuzz-${target}`, [corpus, seeds, ...flags]);
	} catch (error) {
		if (!(error instanceof CommandFailed) || !error.output) throw error;
		output = error.output;
		// Why, and where: the rest is libFuzzer's own.
		console.log(output.split("\n").filter(isReason).join("\n"));
	}
	console.log(summary(output));
}

const isReason = (line) =>
	/panicked at|^SUMMARY|^ALARM|ERROR: libFuzzer|Test unit written|assertion|^ {2,}(left|right):/.test(line);

/** What libFuzzer says of itself, in a line. */
function summary(output) {
	const last = [...output.matchAll(/ cov: (\d+) ft: (\d+) corp: (\d+)/g)].at(-1) ?? [];
	const stat = (name) => new RegExp(`stat::${name}:\\s+(\\d+)`).exec(output)?.[1] ?? "?";
	const [, edges = "?", features = "?", inputs = "?"] = last;
	return [
		`${stat("number_of_executed_units")} runs, ${stat("average_exec_per_sec")} a second`,
		`${edges} edges, ${features} features, ${inputs} inputs in the corpus`,
		`slowest ${stat("slowest_unit_time_sec")} s, at most ${stat("peak_rss_mb")} MB`,
	].join("; ");
}

function crashers(target) {
	const folder = at(`tests/crashers/${target}`);
	return existsSync(folder) ? readdirSync(folder).map((name) => `tests/crashers/${target}/${name}`) : [];
}
