import { Idle } from "./idle.js";
import type { Local } from "./local.js";
import { randomId } from "./random.js";

/**
 * The session that an event at `now` belongs to: a new one after 30 idle minutes. It is shared by the tabs, and read
 * anew before it is rotated, so that they agree on idleness (C16).
 */
export function sessionAt(local: Local, now: number): string {
	const [kept, at] = (local.get("session") ?? "").split(" ");
	const id = kept && Math.abs(now - Number(at)) < Idle.Ms ? kept : randomId(12);
	local.set("session", `${id} ${now}`);
	return id;
}
