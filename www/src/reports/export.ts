import type { Workspace } from "../backend/model";
import { clock } from "../clock/clock";
import { dayOf } from "../clock/days";
import { tell } from "../signals";
import { csv } from "./csv";

/** Downloads all tasks as a table, one line a task. Returns the file's name. */
export function exportReport(workspace: Workspace): string {
	const rows = workspace.tasks.map((task) => [
		workspace.projects.find((one) => one.id === task.project)?.name ?? "",
		task.title,
		task.state,
		workspace.members.find((one) => one.id === task.assignee)?.name ?? "",
		task.due ?? "",
		task.completedAt === undefined ? "" : dayOf(task.completedAt),
	]);
	const text = csv([["Project", "Task", "State", "Assigned to", "Due", "Completed"], ...rows]);
	const name = `cairn-report-${dayOf(clock.now())}.csv`;
	download(name, text);
	tell("report_exported", { format: "csv", rows: rows.length });
	return name;
}

function download(name: string, text: string): void {
	const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
	const link = document.createElement("a");
	link.href = address;
	link.download = name;
	link.click();
	// The download has its own hold on the data by then, in every browser.
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
