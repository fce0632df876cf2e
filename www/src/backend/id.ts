/** `task_4f0c…`: short enough for an address, long enough not to meet its like. */
export function newId(kind: "user" | "team" | "member" | "project" | "task"): string {
	const bytes = crypto.getRandomValues(new Uint8Array(6));
	return `${kind}_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
