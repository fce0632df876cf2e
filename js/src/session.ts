import { Idle } from "./idle.js";
import type { Local } from "./local.js";
import { randomId } from "./random.js";

/** How old the kept time may be: not every event is worth a write, which all tabs and the disk have to take. */
const staleMs = 1_000;

/** The session after this one: of the same name, counted on, so that tabs which begin it at one instant begin the same. */
const after = (id: string) => id.replace(/(-\d+)?$/, (count) => `${Number(count) - 1}`);

/**
 * The session that an event at `now` belongs to: a new one after 30 idle minutes. It is shared by the tabs, and read
 * anew before it is rotated, so that they agree on idleness (C16).
 */
export function sessionAt(local: Local, now: number): string {
	const [kept, at] = (local.get("session") ?? "").split(" ");
	// A clock that was set back is as far from it as one that went on.
	const idle = Math.abs(now - Number(at));
	const goesOn = idle < Idle.Ms;
	if (kept && goesOn && idle < staleMs) return kept;
	const id = kept ? (goesOn ? kept : after(kept)) : randomId(12);
	local.set("session", `${id} ${now}`);
	return id;
}
