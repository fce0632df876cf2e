/**
 * `npm run bench:compression`: what packing a batch saves, takes, and adds to the download; the grounds of
 * docs/decisions/0012-compression.md. Batches are of the face's own writer, with properties made up from a seed.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gunzipSync, inflateRawSync } from "node:zlib";
import { chromium } from "playwright-core";
import { load, memoryStorage } from "../../js/test/bundle.mjs";
import { generatedUsage } from "./usage.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? `${root}target/bench/compression`;
const rounds = 51;
/** What a keepalive request holds, what goes as a page hides in all, and a routine batch. */
const sizes = [2_000, 8 * 1024, 24 * 1024, 60_000];
const candidates = { copy: [], small: ["small"], miniz: ["miniz"] };

const kilobytes = (bytes) => (bytes / 1024).toFixed(2);
const modules = Object.fromEntries(
	Object.entries(candidates).map(([name, features]) => [name, moduleOf(name, features)]),
);
const batches = await batchesOf();
const measured = await inChromium();

console.log("added to a module, bytes after brotli 11");
for (const name of ["small", "miniz"])
	console.log(`  ${name.padEnd(8)} ${brotli(modules[name]) - brotli(modules.copy)}`);
console.log("\nbatch KB  events  by                 packed KB  ratio   first ms      ms");
for (const { size, events, by, packed, first, ms } of measured)
	console.log(
		`${kilobytes(size).padStart(8)}  ${String(events).padStart(6)}  ${by.padEnd(17)} ${kilobytes(packed).padStart(10)}  ${(size / packed).toFixed(1).padStart(5)}  ${first.toFixed(1).padStart(9)}  ${ms.toFixed(1).padStart(6)}`,
	);

/** A module with one candidate, as small as the page's own is made. */
function moduleOf(name, features) {
	const options = [
		"--release",
		"--quiet",
		"--target",
		"wasm32-unknown-unknown",
		"--features",
		features.join(),
	];
	const place = `${target}/${name}`;
	mkdirSync(place, { recursive: true });
	execFileSync(
		"cargo",
		["build", ...options, "--manifest-path", `${root}tests/bench/compression/Cargo.toml`],
		{
			stdio: "inherit",
			env: { ...process.env, CARGO_TARGET_DIR: target },
		},
	);
	const small = `${place}/small.wasm`;
	const built = `${target}/wasm32-unknown-unknown/release/compression.wasm`;
	execFileSync(process.execPath, [`${root}node_modules/binaryen/bin/wasm-opt`, "-Oz", built, "-o", small]);
	return readFileSync(small);
}

function brotli(bytes) {
	return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** Batches of about these sizes, as they travel. */
async function batchesOf() {
	const { openWriter } = await load("message.ts");
	const { requestOf } = await load("transport.ts");
	const names = [
		"project_created",
		"task_added",
		"task_completed",
		"file_uploaded",
		"invite_sent",
		"report_opened",
	];
	const usage = generatedUsage({ seed: 7, names, people: 1, accounts: 1, count: 400 });
	let now = Date.parse("2026-03-02T10:20:00Z");
	const clock = { now: () => now };
	const writer = openWriter(memoryStorage(), clock);
	const events = usage.map(({ type, event, properties, traits }, at) => {
		now += 1_700 + ((at * 7_919) % 23_000);
		return writer.write({
			type,
			event,
			body: JSON.stringify({ ...(properties ?? traits), id: `t-${at * 7919}` }),
		});
	});
	return sizes.map((size) => {
		const fitting = [];
		let bytes = 0;
		for (const json of events) {
			if (bytes + json.length > size) break;
			bytes += json.length + 1;
			fitting.push(json);
		}
		return {
			events: fitting.length,
			body: requestOf({ writeKey: "wk_1234567890", clock }, fitting, now).body,
		};
	});
}

async function inChromium() {
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"],
	});
	try {
		const page = await browser.newPage();
		await page.goto("about:blank");
		const given = Object.fromEntries(
			Object.entries(modules).map(([name, bytes]) => [name, bytes.toString("base64")]),
		);
		const rows = await page.evaluate(measure, [given, batches.map(({ body }) => body), rounds]);
		return rows.map(({ at, by, bytes, first, ms }) => {
			const packed = Buffer.from(bytes, "base64");
			const { body, events } = batches[at];
			const again = by.startsWith("CompressionStream") ? gunzipSync(packed) : inflateRawSync(packed);
			if (again.toString() !== body) throw new Error(`${by} is not what it was`);
			return { size: body.length, events, by, packed: packed.length, first, ms };
		});
	} finally {
		await browser.close();
	}
}

/** Runs in the page: the first time, and the median of some rounds after as many. */
async function measure([given, bodies, rounds]) {
	const bytesOf = (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
	const textOf = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
	const made = {};
	for (const [name, base64] of Object.entries(given))
		made[name] = (await WebAssembly.instantiate(bytesOf(base64))).instance.exports;
	const byWasm = (exports, level) => (body) => {
		const bytes = new TextEncoder().encode(body);
		const place = exports.room(bytes.length);
		new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
		const packed = BigInt.asUintN(64, exports.pack(place, bytes.length, level));
		return new Uint8Array(exports.memory.buffer, Number(packed >> 32n), Number(packed & 0xffffffffn)).slice();
	};
	const byBrowser = async (body) => {
		const stream = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
		return new Uint8Array(await new Response(stream).arrayBuffer());
	};
	const ways = {
		"wasm, small": byWasm(made.small, 0),
		"wasm, miniz 1": byWasm(made.miniz, 1),
		"wasm, miniz 6": byWasm(made.miniz, 6),
		CompressionStream: byBrowser,
	};
	const rows = [];
	// The largest first: what a page does once, as it hides, nothing has warmed up.
	for (const [at, body] of [...bodies.entries()].reverse())
		for (const [by, way] of Object.entries(ways)) {
			const times = [];
			let bytes;
			for (let i = 0; i < 2 * rounds; i++) {
				const start = performance.now();
				bytes = await way(body);
				times.push(performance.now() - start);
			}
			const [first] = times;
			const later = times.slice(rounds).sort((a, b) => a - b);
			rows.unshift({ at, by, bytes: textOf(bytes), first, ms: later[rounds >> 1] });
		}
	return rows.sort((a, b) => a.at - b.at);
}
