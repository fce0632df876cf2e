import { reset } from "ripen";

/** What the demonstration keeps in this browser; Ripen's own is Ripen's to erase. */
const PREFIX = "cairn.";

/** A new visitor, at the system's time. The page is loaded anew, since within one time does not run backwards. */
export function startOver(): void {
	reset();
	try {
		for (const key of Object.keys(localStorage)) {
			if (key.startsWith(PREFIX)) localStorage.removeItem(key);
		}
	} catch {
		// Without storage the load itself is a new start.
	}
	history.replaceState(null, "", "#/");
	location.reload();
}
