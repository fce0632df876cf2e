import { isConclusion } from "../conclusion.js";
import type { Message } from "../types.js";
import type { Row } from "./store.js";

/** Of events that are sent and folded, so many are kept, and so many characters: signals of a later playbook begin with those. */
const mostEvents = 5_000;
const mostCharacters = 2 * 1024 * 1024;
/** What is left when there were too many, so that it takes a while until there are again. */
const left = 0.8;

/** They stand beside the state under their numbers, where no page load reads them unless it wants them. */
const numbers = () => IDBKeyRange.bound(0, Number.MAX_SAFE_INTEGER);

/** What leaves at once stands together, under the number of its last row: a request for each is what makes it expensive. */
type Kept = Row & { rows?: Row[] };
/** So many at most, since they are also given up together. */
const together = 100;
const rowsOf = (kept: Kept) => kept.rows ?? [kept];

/** What nobody folds: only its number is kept, since none may be missing. Few are looked into: their names are our own. */
const isFolded = ({ json }: Row) =>
	!(json.includes('"event":"$') && isConclusion((JSON.parse(json) as Message).event));

/** Keeps rows that leave the journal, in its transaction; the oldest go. */
export function keepPast(rows: Row[], state: IDBObjectStore): void {
	const forgetting: IDBRequest<number | undefined> = state.get("forgotten");
	const counting = state.get("past");
	counting.onsuccess = () => {
		let { events, characters } = counting.result ?? { events: 0, characters: 0 };
		const kept = rows
			.filter(({ key }) => key > (forgetting.result ?? 0))
			.map((row): Row => ({ key: row.key, json: isFolded(row) ? row.json : "" }))
			.sort((one, other) => one.key - other.key);
		events += kept.length;
		for (const { json } of kept) characters += json.length;
		for (let from = 0; from < kept.length; from += together) {
			const group = kept.slice(from, from + together);
			const { key } = group.at(-1) as Row;
			const asking: IDBRequest<Kept | undefined> = state.get(key);
			asking.onsuccess = () => {
				// Another tab may have kept some of them.
				const before = asking.result ? rowsOf(asking.result) : [];
				state.put({ key, json: "", rows: [...before, ...group] }, key);
				if (from + together < kept.length) return;
				state.put({ events, characters }, "past");
				if (events > mostEvents || characters > mostCharacters) trim(state);
			};
		}
	};
}

/** Counts anew, since without Web Locks two tabs may have counted one row. */
function trim(state: IDBObjectStore) {
	const reading: IDBRequest<Kept[]> = state.getAll(numbers());
	reading.onsuccess = () => {
		let events = 0;
		let characters = 0;
		for (const each of reading.result.reverse()) {
			const rows = rowsOf(each);
			const more = rows.reduce((sum, { json }) => sum + json.length, characters);
			// The newest stay, however large.
			if (events && (events + rows.length > mostEvents * left || more > mostCharacters * left)) {
				state.delete(IDBKeyRange.bound(0, each.key));
				break;
			}
			events += rows.length;
			characters = more;
		}
		state.put({ events, characters }, "past");
	};
}
