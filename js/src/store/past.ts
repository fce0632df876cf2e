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

/** What nobody folds: only its number is kept, since none may be missing. */
const isFolded = ({ json }: Row) => !isConclusion((JSON.parse(json) as Message).event);

/** Keeps rows that leave the journal, in its transaction; the oldest go. */
export function keepPast(rows: Row[], state: IDBObjectStore): void {
	const forgetting: IDBRequest<number | undefined> = state.get("forgotten");
	const counting = state.get("past");
	counting.onsuccess = () => {
		let { events, bytes } = counting.result ?? { events: 0, bytes: 0 };
		for (const row of rows.filter(({ key }) => key > (forgetting.result ?? 0))) {
			const kept: Row = { key: row.key, json: isFolded(row) ? row.json : "" };
			state.put(kept, row.key);
			events++;
			bytes += bytesOf(kept.json);
		}
		state.put({ events, bytes }, "past");
		if (events > mostEvents || bytes > mostBytes) trim(state);
	};
}

/** Counts anew, since without Web Locks two tabs may have counted one row. */
function trim(state: IDBObjectStore) {
	const reading: IDBRequest<Row[]> = state.getAll(numbers());
	reading.onsuccess = () => {
		let events = 0;
		let bytes = 0;
		for (const row of reading.result.reverse()) {
			const more = bytes + bytesOf(row.json);
			if (events >= mostEvents * left || more > mostBytes * left) {
				state.delete(IDBKeyRange.bound(0, row.key));
				break;
			}
			events++;
			bytes = more;
		}
		state.put({ events, bytes }, "past");
	};
}
