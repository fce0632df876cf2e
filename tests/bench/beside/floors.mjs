// What the least program would do with the same events, in a page without any SDK. Used in the page.
const list = [];
let database;

function open() {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open("floor", 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore("events", { autoIncrement: true });
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(opening.error);
	});
}

/** By name: what starts it, and the `track` of it. */
export const floors = {
	push: { track: (name, properties) => list.push({ name, properties }) },
	stringify: { track: (name, properties) => list.push(JSON.stringify({ name, properties })) },
	/** A transaction for each, which is what it takes to have it stored whatever comes next. */
	indexeddb: {
		start: async () => {
			database = await open();
		},
		track(name, properties) {
			database
				.transaction("events", "readwrite", { durability: "relaxed" })
				.objectStore("events")
				.add(JSON.stringify({ name, properties }));
		},
	},
	/** Its quota is 64 KiB on the way; of a burst most are refused, which costs time too. */
	beacon: {
		start(endpoint) {
			this.address = `${endpoint}/floor`;
		},
		track(name, properties) {
			navigator.sendBeacon(this.address, JSON.stringify({ name, properties }));
		},
	},
};
