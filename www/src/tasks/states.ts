import type { TaskState } from "../backend/model";

/** The columns of the board, in the order of work. */
export const states: { state: TaskState; name: string; empty: string }[] = [
	{ state: "todo", name: "To do", empty: "Nothing is waiting." },
	{ state: "doing", name: "In progress", empty: "Drag a task here, or open it and change its state." },
	{ state: "done", name: "Done", empty: "What is finished gathers here." },
];
