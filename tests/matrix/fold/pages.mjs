// The view of a person in a real page of what is shipped: of the events that this browser recorded, or of what the
// collector says.

const none = { state: "absent" };

/** What the browser has of earlier page loads, in the place of whatever it had. In a page of the site's without Ripen. */
function leave({ name, rows, ids }) {
	localStorage.clear();
	localStorage.setItem(`${name}:ids`, JSON.stringify(ids));
	return new Promise((resolve, reject) => {
		const deleting = indexedDB.deleteDatabase(name);
		deleting.onerror = deleting.onblocked = () => reject(new Error("it is in use"));
		deleting.onsuccess = () => {
			const opening = indexedDB.open(name, 1);
			opening.onerror = () => reject(opening.error);
			opening.onupgradeneeded = () => {
				const events = opening.result.createObjectStore("events", { autoIncrement: true, keyPath: "key" });
				opening.result.createObjectStore("state");
				// The collector has them: they wait for nothing but to be folded.
				for (const json of rows) events.add({ json, sent: 1 });
			};
			opening.onsuccess = () => {
				opening.result.close();
				resolve();
			};
		};
	});
}

/** Gives `viewOf`: of a browser that recorded `messages`, whose user's id the host has signed if there is a signature. */
export async function openBrowser(context, { site, host, key, clock }) {
	const page = await context.newPage();
	const init = encodeURIComponent(JSON.stringify({ writeKey: key, host, clock }));
	/** What became of the questions of the page that is open. */
	let answers = [];
	page.on("response", (response) => {
		if (response.url().endsWith("/v1/snapshot")) answers.push(response.status());
	});
	return async function viewOf({ userId, anonymousId, messages = [], signature }) {
		await page.goto(`${site}/hand-clock.mjs`);
		answers = [];
		const since = messages.length ? Date.parse(messages[0].timestamp) : undefined;
		const rows = messages.map((message) => JSON.stringify(message));
		const ids = { anonymousId, userId, signature, since };
		await page.evaluate(leave, { name: `ripen:${key}`, rows, ids });
		await page.goto(`${site}/?init=${init}`);
		await page.waitForFunction(() => window.ripen?.health().engine === "ready");
		// It says so when it has taken the answer over.
		if (signature)
			await page.waitForFunction(
				(name) => JSON.parse(localStorage.getItem(`${name}:person`) ?? "[]")[0]?.[2],
				`ripen:${key}`,
			);
		const { view, health, seen } = await page.evaluate(() => ({
			view: window.ripen.view(),
			health: window.ripen.health(),
			seen: window.seen,
		}));
		return { view: view ?? none, late: health.late, answers, ...seen };
	};
}
