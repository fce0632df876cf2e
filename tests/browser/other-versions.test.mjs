// Pages of a version meet a collector, a playbook and a store of another one.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { errorsOf, inChromium, ready, until } from "./browser.mjs";

const dist = fileURLToPath(new URL("../../js/dist", import.meta.url));
const at = inChromium({ dist });

/** A playbook as this version compiles it, and the same as another one would: the second byte says which. */
function compiled(document) {
	const folder = mkdtempSync(join(tmpdir(), "ripen-versions-"));
	try {
		const [source, output] = ["playbook.json", "playbook.ripen"].map((name) => join(folder, name));
		writeFileSync(source, JSON.stringify(document));
		execFileSync(process.execPath, [join(dist, "cli.js"), "compile", source, "-o", output], {
			stdio: "ignore",
		});
		return readFileSync(output);
	} finally {
		rmSync(folder, { recursive: true });
	}
}
const ladder = (rung) => ({
	signals: { projects: { count: "project_created" } },
	ladders: { journey: { rungs: [{ id: "new" }, { id: rung, when: { "signals.projects": { $gte: 1 } } }] } },
});
const [first, second, third] = ["begun", "under_way", "well_under_way"].map((rung) => compiled(ladder(rung)));
const ofAnother = (bytes) => Buffer.from(bytes.map((byte, place) => (place === 1 ? byte + 1 : byte)));

const stage = (page) => page.evaluate(() => window.ripen.view()?.stages.journey);
const codes = (page) => page.evaluate(() => window.seen.warnings.map(({ code }) => code));
const created = (page) =>
	page.evaluate(() => {
		window.ripen.track("project_created");
		return window.ripen.flush();
	});
/** Opens a page, waits until it is evaluated, and until it has what has been published since. */
const visit = async () => {
	const answered = new Promise((resolve) => {
		at.context.on("requestfinished", (request) => /\/v1\/playbook\//.test(request.url()) && resolve());
	});
	const page = await at.open();
	await ready(page);
	await answered;
	return page;
};

test("given a newer collector, whose playbook this version cannot read, then the last one it could goes on", async () => {
	at.collector.playbook = first;
	const page = await visit();
	await created(page);
	await page.waitForFunction(() => window.ripen.view()?.stages.journey === "begun");
	at.collector.playbook = ofAnother(second);
	// The first page load hears of it; those after it would begin with what that has kept.
	for (let load = 0; load < 3; load++) {
		const later = await visit();
		assert.equal(await stage(later), "begun", `load ${load}`);
		await created(later);
		await until("warned", async () => (await codes(later)).length > 0);
		assert.deepEqual([await codes(later), await errorsOf(later)], [["playbook_unreadable"], []]);
		await later.close();
	}
	assert.equal(at.collector.kept().filter(({ event }) => event === "project_created").length, 4);
	// Once the page is as new as the collector, or the collector publishes as this version reads it.
	at.collector.playbook = third;
	await (await visit()).close();
	await until("the new one", async () => {
		const later = await visit();
		const now = await stage(later);
		await later.close();
		return now === "well_under_way";
	});
});
