/** The SDKs of the benchmarks, where they are installed, and the Chromium that they run in. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const sdks = ["ripen", "posthog", "amplitude", "segment", "mixpanel", "rudderstack", "snowplow"];

export const files = fileURLToPath(new URL("./node_modules", import.meta.url));

export const wireOf = (sdk) => import(`./peers/${sdk}/wire.mjs`);

/** Switches of Chromium. */
export const args = [
	"--no-sandbox",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	// Nothing of this calls a vendor.
	"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
	// Some SDKs send nothing for robots.
	"--disable-blink-features=AutomationControlled",
];

/** As a browser with a window calls itself. */
export const userAgentOf = (browser) =>
	`Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`;

/** Of a package that is installed here; without a name, ours. */
export function versionOf(packageName) {
	const path = packageName
		? `${files}/${packageName}/package.json`
		: new URL("../../../js/package.json", import.meta.url);
	return JSON.parse(readFileSync(path, "utf8")).version;
}
