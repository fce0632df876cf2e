// What the page of store.test.mjs runs: the stores alone, as `window.open_`, and the journal.

import { openJournal } from "../../js/src/journal.ts";
import { groundOf } from "../../js/src/store/ground.ts";
import { openIndexedDb } from "../../js/src/store/indexeddb.ts";
import { openLocalStorage } from "../../js/src/store/localstorage.ts";
import { openMemory } from "../../js/src/store/memory.ts";
import { handClock } from "../../js/test/hand-clock.mjs";

const openers = { indexeddb: openIndexedDb, localstorage: openLocalStorage, memory: openMemory };
window.damaged = 0;
window.clock = handClock();
window.openStore = async (kind, stream = "a") => {
	const ground = groundOf(
		{ name: "ripen:wk", stream, clock: window.clock },
		{
			damaged(count) {
				window.damaged += count;
			},
			heard() {},
		},
	);
	return openers[kind](ground);
};
/** A row as the journal appends it. */
window.row = (id, more) => ({
	json: JSON.stringify({
		type: "track",
		event: id,
		messageId: id,
		timestamp: "2026-01-05T10:00:00.000Z",
		context: {},
		...more,
	}),
});
window.rowsOf = (ids) => ids.map((id) => window.row(id));
window.idsOf = (rows) => rows.map(({ json, sent }) => JSON.parse(json).messageId + (sent ? " sent" : ""));
/** The problem that it rejects with. */
window.problemOf = (promise) =>
	promise.then(
		() => "none",
		({ problem }) => problem,
	);
/** A journal, with nobody who folds or sends; and what it warned of. */
window.openJournal = () => {
	const [unwritten, warned] = [[], []];
	const core = {
		name: "ripen:wk",
		stream: "a",
		clock: window.clock,
		unwritten,
		mayStore: () => true,
		travels: () => true,
		warn: (what, error) => warned.push(`${what}: ${error}`),
	};
	const hooks = {};
	for (const hook of [
		"opening",
		"opened",
		"missed",
		"changed",
		"written",
		"tell",
		"drop",
		"crowded",
		"fell",
		"leading",
	])
		hooks[hook] = () => undefined;
	return { journal: openJournal(core, hooks), unwritten, warned };
};
