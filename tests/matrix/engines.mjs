// The same cases in every engine: a fresh profile for each, a page with the package as it is shipped, and a collector
// of another origin that can be told to fail.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { serve } from "../browser/site.mjs";
import { ripen } from "../cli/ripen.mjs";
import { chromium } from "./drivers/chromium.mjs";
import { firefox } from "./drivers/firefox.mjs";
import { webkit } from "./drivers/webkit.mjs";
import { pageOver } from "./page.mjs";

export const engines = [chromium, firefox, webkit];
const shipped = fileURLToPath(new URL("../../js/dist", import.meta.url));

/** Counts what the cases track. */
export const playbook = {
	signals: { steps: { count: "step" } },
	ladders: { journey: { rungs: [{ id: "new" }, { id: "set_up", when: { "signals.steps": { $gte: 3 } } }] } },
};

/** Defines each case (name → work) for each engine; of another face than the one that is shipped, if `dist` builds one. */
export function inEngines(cases, dist = () => shipped) {
	const chosen = process.env.RIPEN_ENGINES?.split(",");
	let compiled;
	before(async () => {
		const { bytes, err } = await ripen(["compile", "-", "-o", "-"], { input: JSON.stringify(playbook) });
		if (!bytes.length) throw new Error(err);
		compiled = bytes;
	});
	for (const engine of engines.filter(({ name }) => !chosen || chosen.includes(name)))
		describe(engine.name, () => {
			after(() => engine.stop?.());
			for (const [name, work] of Object.entries(cases))
				test(name, { timeout: 120_000 }, async (t) => {
					const at = await visit(t, engine, await dist());
					at.collector.playbook = compiled;
					await work(at, t);
				});
		});
}

/** A site, and a browser on it. */
async function visit(t, engine, dist) {
	const profile = mkdtempSync(join(tmpdir(), "ripen-matrix-"));
	const { collector, origin, close } = await serve(dist);
	let browser = await engine.launch(profile);
	t.after(async () => {
		await browser.close();
		close();
		rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
	});
	return {
		engine: engine.name,
		collector,
		origin,
		/** A page without Ripen, of the same origin. */
		elsewhere: `${origin}/playbook.schema.json`,
		/** A window with the page, that has called `init`. */
		async open(init = {}) {
			const options = { host: origin.replace("127.0.0.1", "localhost"), ...init };
			const page = pageOver(
				await browser.open(`${origin}/?init=${encodeURIComponent(JSON.stringify(options))}`),
			);
			await page.started();
			return page;
		},
		/** A window without Ripen. */
		bare: async () => pageOver(await browser.open(`${origin}/playbook.schema.json`)),
		/** SIGKILL, and the browser again with what it had stored. */
		async killAndReopen() {
			await browser.kill();
			browser = await engine.launch(profile);
		},
	};
}
