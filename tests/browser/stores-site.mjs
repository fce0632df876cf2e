// A page with the stores and nothing else, in Chromium.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { inChromium } from "./browser.mjs";
import { outputFolder } from "./output.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** Builds `stores.html`; the place of the built files. */
export async function buildStores() {
	const dist = outputFolder("stores");
	await build({
		entryPoints: [join(here, "stores-page.mjs")],
		outfile: join(dist, "stores.js"),
		bundle: true,
		format: "esm",
		logLevel: "error",
	});
	writeFileSync(
		join(dist, "stores.html"),
		'<!doctype html><title>Stores</title><script type="module" src="/stores.js"></script>',
	);
	return dist;
}

/** As `inChromium`; `at.enter` opens a page with `window.openStore`. */
export async function inStoresPage() {
	const at = inChromium({ dist: await buildStores() });
	at.enter = async () => {
		const page = await at.context.newPage();
		await page.goto(`${at.origin}/stores.html`);
		await page.waitForFunction(() => window.openStore);
		return page;
	};
	return at;
}
