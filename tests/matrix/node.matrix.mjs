// The packed package on a server, as Node runs it: whatever is imported, nothing of a window is missed, nothing is said,
// every call does nothing, and nothing keeps the process alive.
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../../xtask/command.mjs";
import { at } from "../../xtask/places.mjs";
import { install } from "./bundlers/install.mjs";

const { exports } = JSON.parse(readFileSync(at("js/package.json"), "utf8"));

/** Every function of the API, with what it gives where there is no page; and how Node may be asked for the entry. */
const script = (load) => `
${load}
const ends = ripen.on("change", () => {});
const given = {
	init: ripen.init({ writeKey: "demo", playbook: "/playbook.ripen" }),
	track: ripen.track("task_created", { title: "Buy bread" }),
	identify: ripen.identify("ada", { name: "Ada" }),
	group: ripen.group("acme"),
	page: ripen.page("Tasks"),
	trigger: ripen.trigger("now"),
	reset: ripen.reset(),
	setConsent: ripen.setConsent("granted"),
	view: ripen.view(),
	debug: ripen.debug(),
	on: ends(),
	forget: await ripen.forget(),
	flush: (await ripen.flush()).taken,
	explain: (await ripen.explain()).length,
	health: ripen.health().engine,
};
const left = Object.keys(ripen).filter((name) => typeof ripen[name] === "function" && !(name in given));
console.log(JSON.stringify({ given, left, warnings: typeof window }));
`;
const nothing = { forget: false, flush: 0, explain: 0, health: "unavailable" };

async function runs(folder, name, text) {
	assert.ok(folder, "it needs no registry");
	writeFileSync(join(folder, name), text);
	const said = await run(process.execPath, [name], { cwd: folder, timeout: 60_000 });
	// A second line would be a warning's.
	assert.equal(said.trim().split("\n").length, 1, said);
	return JSON.parse(said);
}

for (const entry of ["ripen", "ripen/inline", "ripen/slim"])
	test(`C21 ${entry} on a server: every call does nothing, and says nothing`, async () => {
		const told = await runs(
			await install("plain"),
			"server.mjs",
			script(`import * as ripen from "${entry}";`),
		);
		assert.deepEqual(told, { given: nothing, left: [], warnings: "undefined" });
	});

test("ripen/node evaluates on a server what somebody did", async () => {
	const folder = await install("plain");
	cpSync(at("tests/matrix/bundlers/app/playbook.json"), join(folder, "playbook.json"));
	const told = await runs(
		folder,
		"node.mjs",
		`import { readFile } from "node:fs/promises";
import { openEngine } from "ripen/node";
const engine = await openEngine(await readFile("playbook.json", "utf8"));
const at = Date.parse("2026-03-02T10:00:00Z");
const events = [1, 2, 3].map((minute) => ({
	type: "track",
	event: "task_created",
	userId: "ada",
	messageId: \`task-\${minute}\`,
	timestamp: new Date(at + minute * 60_000).toISOString(),
}));
const stageAt = (minute) => engine.view({ person: "ada", events, at: at + minute * 60_000 })?.stages.journey;
console.log(JSON.stringify([stageAt(0), stageAt(2), stageAt(4)]));`,
	);
	assert.deepEqual(told, [null, "new", "set_up"]);
});

test("C21 a server that is no module imports it, too", async () => {
	const load = `import("ripen").then(async (ripen) => {`;
	const told = await runs(await install("plain"), "server.cjs", `${script(load)}});`);
	assert.deepEqual(told.given, nothing);
});

test("C21 C25 every entry that is a module can be imported by Node, of the tarball as npm installs it", async (t) => {
	// Beside what the bindings bind to.
	const folder = await install("server");
	if (!folder) return t.skip("NOT TRIED: the frameworks need the registry, which cannot be reached");
	const names = Object.entries(exports)
		// Not files, nor what has types alone.
		.filter(([, at]) => at.default)
		.map(([name]) => name.replace(".", "ripen"));
	const told = await runs(
		folder,
		"all.mjs",
		`const found = {};
for (const name of ${JSON.stringify(names)}) found[name] = Object.keys(await import(name)).length;
console.log(JSON.stringify(found));`,
	);
	assert.deepEqual(Object.keys(told), names);
	for (const [name, count] of Object.entries(told)) assert.ok(count > 0, `${name} exports something`);
});
