import type { Task } from "../backend/model";
import { useSession } from "../backend/session";
import { moveTask } from "../backend/tasks";

/** The round box that completes a task, or takes that back. */
export function Check({ task }: { task: Task }) {
	const { workspace } = useSession();
	const done = task.state === "done";
	return (
		<input
			type="checkbox"
			class="check"
			aria-label={`Complete ${task.title}`}
			checked={done}
			onChange={() => moveTask(workspace, task, done ? "todo" : "done")}
		/>
	);
}
