import { isConclusion } from "../conclusion.js";
import type { Message } from "../types.js";
import type { Row } from "./store.js";

/** Of events that are sent and folded, so many are kept, and so many bytes of them: signals of a later playbook begin with those. */
const mostEvents = 5_000;
const mostBytes = 2 * 1024 * 1024;
/** What is left when there were too many, so that it takes a while until there are again. */
const left = 0.8;

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;
/** They stand beside the state under their numbers, where no page load reads them unless it wants them. */
const numbers = () => IDBKeyRange.bound(0, Number.MAX_SAFE_INTEGER);

/** What leaves at once stands together, under the number of its last row: a request for each is what makes it expensive. */
type Kept = Row & { rows?: Row[] };
/** So many at most, since they are also given up together. */
const together = 100;
const rowsOf = (kept: Kept) => kept.rows ?? [kept];

/** What nobody folds: only its number is kept, since none may be missing. */
const isFolded = ({ json }: Row) => !isConclusion((JSON.parse(json) as Message).event);

/** Keeps rows that leave the journal, in its transaction; the oldest go. */
export function keepPast(rows: Row[], state: IDBObjectStore): void {
	const forgetting: IDBRequest<number | undefined> = state.get("forgotten");
	const counting = state.get("past");
	counting.onsuccess = () => {
		let { events, bytes } = counting.result ?? { events: 0, bytes: 0 };
		const kept = rows
			.filter(({ key }) => key > (forgetting.result ?? 0))
			.map((row): Row => ({ key: row.key, json: isFolded(row) ? row.json : "" }))
			.sort((one, other) => one.key - other.key);
		events += kept.length;
		for (const { json } of kept) bytes += bytesOf(json);
		for (let from = 0; from < kept.length; from += together) {
			const group = kept.slice(from, from + together);
			const { key } = group.at(-1) as Row;
			const asking: IDBRequest<Kept | undefined> = state.get(key);
			asking.onsuccess = () => {
				// Another tab may have kept some of them.
				const before = asking.result ? rowsOf(asking.result) : [];
				state.put({ key, json: "", rows: [...before, ...group] }, key);
				if (from + together < kept.length) return;
				state.put({ events, bytes }, "past");
				if (events > mostEvents || bytes > mostBytes) trim(state);
			};
		}
	};
}

/** Counts anew, since without Web Locks two tabs may have counted one row. */
function trim(state: IDBObjectStore) {
	const reading: IDBRequest<Kept[]> = state.getAll(numbers());
	reading.onsuccess = () => {
		let events = 0;
		let bytes = 0;
		for (const each of reading.result.reverse()) {
			const rows = rowsOf(each);
			const more = rows.reduce((sum, { json }) => sum + bytesOf(json), bytes);
			// The newest stay, however large.
			if (events && (events + rows.length > mostEvents * left || more > mostBytes * left)) {
				state.delete(IDBKeyRange.bound(0, each.key));
				break;
			}
			events += rows.length;
			bytes = more;
		}
		state.put({ events, bytes }, "past");
	};
}
