/** A customer's application, from what is in `app` and `apps/NAME` to a site in Chromium, and what is expected of it. */
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { until } from "../../browser/browser.mjs";
import { install } from "./install.mjs";
import { run, serve } from "./program.mjs";
import { openSite } from "./site.mjs";
import { launch, shows, visit } from "./visit.mjs";

const sources = fileURLToPath(new URL("./app", import.meta.url));

/** As www/vite.config.js has it. */
export const policyOf = (script) =>
	`default-src 'self'; script-src 'self'${script}; style-src 'self'; img-src 'self' data:; connect-src 'self'`;
const strict = policyOf(" 'wasm-unsafe-eval'");

const same = (text) => text;

/** The folder of an application with the customer's page in it, as `change` leaves its script; undefined if it cannot be had. */
async function write(t, { app, entry = "ripen", change = same, page = same, assets = "public", files = {} }) {
	const folder = await install(app);
	if (!folder) {
		t.skip(`NOT TRIED: ${app} needs the registry, which cannot be reached`);
		return;
	}
	// Some have a script of their own.
	const filter = (_, path) => !existsSync(path) || !path.endsWith("main.js");
	cpSync(sources, folder, { recursive: true, filter });
	const read = (name) => readFileSync(join(folder, name), "utf8");
	const main = read("main.js").replace('"ripen"', JSON.stringify(entry));
	const written = { "main.js": change(main), "index.html": await page(read("index.html"), folder), ...files };
	for (const [name, text] of Object.entries(written)) writeFileSync(join(folder, name), text);
	mkdirSync(join(folder, assets), { recursive: true });
	await run(folder, ["ripen", "compile", "playbook.json", "-o", `${assets}/playbook.ripen`]);
	return folder;
}

/** Builds and serves it. `copied`: what of the package is put where in `public`, as documented for what leaves that to people. */
async function open(t, each) {
	const { build = [], served, copied, start, assets = "public", fallback } = each;
	/** A framework has one of its own, with a nonce in it. */
	const policy = "policy" in each ? each.policy : strict;
	const folder = await write(t, each);
	if (!folder) return;
	for (const command of build) await run(folder, command);
	const upstream = start && (await serve(t, folder, start)).origin;
	const page = ["index.html", ...(build.length ? [] : ["main.js"])];
	if (served === "public") for (const name of page) cpSync(join(folder, name), join(folder, served, name));
	if (copied)
		cpSync(join(folder, "node_modules/ripen/dist", copied.from), join(folder, "public", copied.to), {
			recursive: true,
		});
	const playbook = readFileSync(join(folder, assets, "playbook.ripen"));
	const site = await openSite({ folder: join(folder, served ?? "."), upstream, policy, fallback, playbook });
	t.after(site.close);
	return site;
}

async function works(seen) {
	await shows(seen, "engine", "ready");
	await shows(seen, "state", "current");
	await shows(seen, "stage", "set_up");
	await seen.page.getByRole("heading", { name: "Three tasks: time for company" }).waitFor();
}

/** Without the engine: one warning, which says why. */
async function warns(seen, pattern) {
	await shows(seen, "engine", "unavailable");
	const { warnings } = seen.complaints;
	// The texts are a chunk of their own.
	if (!warnings.length)
		await seen.page.waitForEvent("console", { predicate: (message) => message.type() === "warning" });
	assert.equal(warnings.length, 1, warnings.join("\n"));
	assert.match(warnings.pop(), pattern);
}

async function delivers(site) {
	const told = () => site.events().filter(({ event }) => event === "task_created");
	await until("three events have arrived", () => told().length >= 3);
	const tasks = told();
	assert.deepEqual(
		tasks.map(({ properties }) => properties.title),
		["Buy bread", "Bake a cake", "Invite Ada"],
	);
}

/** A test for each: it works, or, where it says `warning`, delivers events and says what is missing. */
export function applications(cases) {
	let browser;
	before(async () => {
		browser = await launch();
	});
	after(() => browser?.close());
	for (const each of cases)
		test(`C25 ${each.title}`, async (t) => {
			const site = await open(t, each);
			if (!site) return;
			const seen = await visit(t, browser, site.origin);
			await (each.warning ? warns(seen, each.warning) : works(seen));
			await delivers(site);
			if (each.absent)
				assert.deepEqual(
					site.paths.filter((path) => each.absent.test(path)),
					[],
				);
			const { complaints } = seen;
			for (const [kind, pattern] of Object.entries(each.allowed ?? {}))
				complaints[kind] = complaints[kind].filter((text) => !pattern.test(text));
			assert.deepEqual(complaints, { errors: [], warnings: [], violations: [], missing: [] });
		});
}
