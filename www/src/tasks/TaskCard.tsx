import type { Task } from "../backend/model";
import { useSession } from "../backend/session";
import type { Day } from "../clock/days";
import { Avatar } from "../ui/Avatar";
import { Check } from "./Check";
import { DueDate } from "./DueDate";

interface Props {
	task: Task;
	today: Day;
	onEdit: (id: string) => void;
}

export function TaskCard({ task, today, onEdit }: Props) {
	const { workspace } = useSession();
	const assignee = workspace.members.find((member) => member.id === task.assignee);
	const done = task.state === "done";
	return (
		<li
			class={done ? "task task-done" : "task"}
			draggable
			onDragStart={(event) => event.dataTransfer?.setData("text/plain", task.id)}
		>
			<Check task={task} />
			<button type="button" class="task-title" onClick={() => onEdit(task.id)}>
				{task.title}
			</button>
			{(assignee || (task.due && !done)) && (
				<div class="task-facts">
					{task.due && !done && <DueDate due={task.due} today={today} />}
					{assignee && (
						<span class="task-who">
							<Avatar name={assignee.name} waiting={assignee.state === "invited"} />
							<span class="cut">{assignee.name}</span>
						</span>
					)}
				</div>
			)}
		</li>
	);
}
