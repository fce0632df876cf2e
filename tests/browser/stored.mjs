// All that a page's origin has stored, in whatever place there is.

/** Place → what is there; a place where nothing is is left out. */
export async function storedBy(page) {
	const stored = await page.evaluate(async () => {
		const files = [];
		for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
		return {
			localStorage: Object.keys(localStorage),
			sessionStorage: Object.keys(sessionStorage),
			databases: (await indexedDB.databases()).map(({ name }) => name),
			caches: await caches.keys(),
			workers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
			files,
		};
	});
	const cookies = (await page.context().cookies()).map(({ name }) => name);
	return Object.fromEntries(Object.entries({ ...stored, cookies }).filter(([, names]) => names.length));
}
