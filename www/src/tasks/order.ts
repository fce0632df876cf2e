import type { Task } from "../backend/model";

/** What is due first comes first; what has no date keeps the order in which it was written down. */
export function inOrder(tasks: Task[]): Task[] {
	return [...tasks].sort((a, b) => {
		if (a.state === "done" && b.state === "done") return (b.completedAt ?? 0) - (a.completedAt ?? 0);
		return (a.due ?? "9999").localeCompare(b.due ?? "9999") || a.createdAt - b.createdAt;
	});
}
