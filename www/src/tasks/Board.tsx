import { useState } from "preact/hooks";
import type { Task, TaskState } from "../backend/model";
import { useSession } from "../backend/session";
import { moveTask } from "../backend/tasks";
import { dayOf } from "../clock/days";
import { useNow } from "../clock/useNow";
import { inOrder } from "./order";
import { states } from "./states";
import { TaskCard } from "./TaskCard";

interface Props {
	tasks: Task[];
	onEdit: (id: string) => void;
}

/** Three columns. Dragging is a short cut: each task's dialog can do the same. */
export function Board({ tasks, onEdit }: Props) {
	const { workspace } = useSession();
	const today = dayOf(useNow());
	const [over, setOver] = useState<TaskState | undefined>();

	const drop = (id: string | undefined, state: TaskState) => {
		setOver(undefined);
		const task = tasks.find((one) => one.id === id);
		if (task) moveTask(workspace, task, state);
	};

	return (
		<div class="board">
			{states.map(({ state, name, empty }) => {
				const column = inOrder(tasks.filter((task) => task.state === state));
				return (
					<section
						key={state}
						class="column"
						aria-label={name}
						data-over={over === state}
						onDragOver={(event) => {
							event.preventDefault();
							setOver(state);
						}}
						onDragLeave={() => setOver(undefined)}
						onDrop={(event) => {
							event.preventDefault();
							drop(event.dataTransfer?.getData("text/plain"), state);
						}}
					>
						<h2 class="column-head">
							{name} <span class="count">{column.length}</span>
						</h2>
						{column.length === 0 && <p class="column-empty">{empty}</p>}
						<ul class="column-tasks">
							{column.map((task) => (
								<TaskCard key={task.id} task={task} today={today} onEdit={onEdit} />
							))}
						</ul>
					</section>
				);
			})}
		</div>
	);
}
