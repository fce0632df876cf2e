import { clock } from "../clock/clock";
import { type Day, dayOf } from "../clock/days";
import { tell } from "../signals";
import { newId } from "./id";
import type { Task, TaskState, Workspace } from "./model";
import { revise } from "./records";

/** What a new task is made of. */
export interface Draft {
	title: string;
	assignee?: string;
	due?: Day;
}

export function createTask(
	workspace: Workspace,
	project: string,
	draft: Draft,
	state: TaskState = "todo",
): void {
	const task: Task = { id: newId("task"), project, notes: "", state, createdAt: clock.now(), ...draft };
	revise(workspace.id, ({ tasks }) => ({ tasks: [...tasks, task] }));
	tell("task_created", {
		project,
		assigned: draft.assignee !== undefined,
		has_due_date: draft.due !== undefined,
	});
}

/** Replaces a task as edited. Completing it is an event, reopening it is not. */
export function saveTask(workspace: Workspace, edited: Task): void {
	const before = workspace.tasks.find((one) => one.id === edited.id);
	const done = edited.state === "done";
	const completes = done && before?.state !== "done";
	const { completedAt: earlier, ...rest } = edited;
	const completedAt = completes ? clock.now() : earlier;
	const task: Task = done && completedAt !== undefined ? { ...rest, completedAt } : rest;
	revise(workspace.id, ({ tasks }) => ({ tasks: tasks.map((one) => (one.id === task.id ? task : one)) }));
	if (completes) {
		const late = task.due !== undefined && dayOf(clock.now()) > task.due;
		tell("task_completed", { project: task.project, late });
	}
}

export function moveTask(workspace: Workspace, task: Task, state: TaskState): void {
	if (task.state !== state) saveTask(workspace, { ...task, state });
}

export function deleteTask(workspace: Workspace, id: string): void {
	revise(workspace.id, ({ tasks }) => ({ tasks: tasks.filter((one) => one.id !== id) }));
}
