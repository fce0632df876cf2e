// What pages of this version ask of a collector is what is written down of it, and what newer collectors are tried with
// (collector/tests/all/released.rs): whoever changes one of these writes down another version (docs/releasing.md).
import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { inChromium, until } from "./browser.mjs";

const at = inChromium();
const folder = new URL("../../collector/tests/all/released/", import.meta.url);
const { version } = JSON.parse(readFileSync(new URL("../../js/package.json", import.meta.url), "utf8"));
const order = new Intl.Collator("en", { numeric: true });
const newest = () => readdirSync(folder).sort(order.compare).at(-1);

/** When the tests of the collector are. */
const clock = 1_700_000_000_000;

/** What a page asks with somebody signed, an account, an event, and somebody who wants to be forgotten. */
async function asked() {
	at.collector.snapshot = () => ({ status: 204 });
	const page = await at.open({ writeKey: "key", clock });
	await page.evaluate(async () => {
		const { ripen } = window;
		ripen.page("Home", { tab: "first" });
		ripen.identify("ada", { role: "founder", seats: 3 }, { signature: "00" });
		ripen.group("acme", { plan: "free" }, { signature: "00" });
		ripen.track("project_created", { projects: 1, tags: ["a"], empty: null });
		await ripen.flush();
	});
	const told = () => at.collector.asked.find((each) => each.page);
	// It says how it sees the person once nothing waits to be sent, and asks again until then.
	await until("asked about the person", async () => {
		if (!told()) await page.evaluate(() => window.clock.move(60_000));
		return told();
	});
	await page.evaluate(() => window.ripen.forget());
	const batches = at.collector.requests.filter(({ batch }) => batch?.batch.length > 0);
	const [{ headers, batch: first }] = batches;
	// However many requests it took.
	const events = new Map(batches.flatMap(({ batch }) => batch.batch).map((each) => [each.messageId, each]));
	const request = (path, body) => ({ path, headers: { "content-type": headers["content-type"] }, body });
	return [
		request("/v1/batch", { ...first, batch: [...events.values()] }),
		request("/v1/snapshot", told()),
		...at.collector.erasures.map((body) => request("/v1/forget", body)),
	];
}

/** What a value is made of, whatever it is. */
function shape(value) {
	if (Array.isArray(value)) return value.map(shape);
	if (value === null || typeof value !== "object") return typeof value;
	const fields = Object.entries(value).map(([name, each]) => [name, shape(each)]);
	return Object.fromEntries(fields.sort(([one], [other]) => (one < other ? -1 : 1)));
}

test("what a page sends is what is written down of the newest version", async () => {
	const requests = await asked();
	const [{ body }] = requests;
	assert.deepEqual(
		body.batch.map(({ type }) => type),
		["page", "identify", "group", "track"],
	);
	if (process.env.RIPEN_WRITE === "wire")
		writeFileSync(new URL(`${version}.json`, folder), `${JSON.stringify(requests, null, "\t")}\n`);
	const written = JSON.parse(readFileSync(new URL(newest(), folder), "utf8"));
	const way = `RIPEN_WRITE=wire node --test tests/browser/wire.test.mjs, once js/package.json says which version`;
	assert.deepEqual(
		shape(requests),
		shape(written),
		`pages send something else than ${newest()} says. ${way}`,
	);
});
