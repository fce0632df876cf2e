// What the engines differ in, as far as Ripen depends on it. docs/browsers.md says what follows from each. A newer
// version that differs fails here: then change the table, that page, and what rests on it.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { inEngines } from "./engines.mjs";
import { until } from "./page.mjs";

const facts = {
	Chromium: {
		idle: true,
		later: true,
		keepaliveQuota: true,
		hideOrder: ["pagehide", "hidden"],
		blocks: false,
	},
	Firefox: {
		idle: true,
		later: false,
		keepaliveQuota: true,
		hideOrder: ["pagehide", "hidden"],
		blocks: false,
	},
	WebKitGTK: {
		idle: false,
		later: false,
		keepaliveQuota: true,
		hideOrder: ["pagehide", "hidden"],
		blocks: true,
	},
};

/** Where requests are only counted. */
async function counting(t) {
	const heard = [];
	const server = createServer(async (request, response) => {
		let bytes = 0;
		for await (const chunk of request) bytes += chunk.length;
		heard.push({ path: request.url, bytes });
		response.writeHead(200, { "access-control-allow-origin": "*" }).end();
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	t.after(() => {
		server.closeAllConnections();
		server.close();
	});
	return { heard, url: `http://127.0.0.1:${server.address().port}` };
}

inEngines({
	"what there is": async (at) => {
		const page = await at.bare();
		const found = await page.evaluate(() => ({
			locks: Boolean(navigator.locks),
			channel: Boolean(globalThis.BroadcastChannel),
			compression: Boolean(globalThis.CompressionStream),
			idle: Boolean(globalThis.requestIdleCallback),
			later: Boolean(globalThis.fetchLater),
		}));
		const { idle, later } = facts[at.engine];
		assert.deepEqual(found, { locks: true, channel: true, compression: true, idle, later });
	},

	"C03 keepalive: what is in flight together stays below 64 KiB, and arrives after the page has gone": async (
		at,
		t,
	) => {
		const { heard, url } = await counting(t);
		const page = await at.bare();
		const sent = (bytes) =>
			page.evaluate(
				(url, bytes) =>
					fetch(`${url}/${bytes}`, { method: "POST", keepalive: true, body: "x".repeat(bytes) }).then(
						() => true,
						() => false,
					),
				url,
				bytes,
			);
		assert.equal(await sent(64 * 1024), true);
		assert.equal(await sent(64 * 1024 + 1), !facts[at.engine].keepaliveQuota);
		await page.evaluate((url) => {
			addEventListener("pagehide", () => {
				for (const n of [1, 2, 3])
					fetch(`${url}/hide${n}`, { method: "POST", keepalive: true, body: "x".repeat(8_192) }).catch(
						() => {},
					);
			});
		}, url);
		await page.navigate("about:blank");
		await until("all three", () => heard.filter(({ path }) => path.startsWith("/hide")).length === 3);
		assert.ok(heard.filter(({ path }) => path.startsWith("/hide")).every(({ bytes }) => bytes === 8_192));
	},

	"C04 in which order a page that goes is told": async (at) => {
		const page = await at.bare();
		await page.evaluate(() => {
			const tell = (what) => {
				localStorage.order = `${localStorage.order ?? ""} ${what}`.trim();
			};
			addEventListener("pagehide", () => tell("pagehide"));
			document.addEventListener("visibilitychange", () => tell(document.visibilityState));
		});
		await page.navigate(`${at.elsewhere}?again`);
		const order = await page.evaluate(() => localStorage.order);
		assert.deepEqual(order.split(" "), facts[at.engine].hideOrder);
	},

	"C10 whether a transaction of a page that has gone blocks others, if it is not committed": async (at) => {
		const page = await at.bare();
		await page.evaluate(async () => {
			const database = await new Promise((resolve) => {
				const opening = indexedDB.open("fact");
				opening.onupgradeneeded = () => opening.result.createObjectStore("rows", { autoIncrement: true });
				opening.onsuccess = () => resolve(opening.result);
			});
			addEventListener("pagehide", () => {
				database.transaction("rows", "readwrite").objectStore("rows").add(1);
			});
		});
		await page.navigate(`${at.elsewhere}?again`);
		const { blocks } = facts[at.engine];
		const blocked = await page.evaluate(
			(longest) =>
				new Promise((resolve) => {
					setTimeout(resolve, longest, true);
					indexedDB.open("fact").onsuccess = ({ target }) => {
						const transaction = target.result.transaction("rows", "readwrite");
						transaction.objectStore("rows").add(2);
						transaction.oncomplete = () => resolve(false);
					};
				}),
			// Where nothing blocks it, a busy machine may still take its time.
			blocks ? 2_000 : 20_000,
		);
		assert.equal(blocked, blocks);
	},
});
