import type { Task } from "../backend/model";
import { useSession } from "../backend/session";
import { dayOf } from "../clock/days";
import { useNow } from "../clock/useNow";
import { Avatar } from "../ui/Avatar";
import { Check } from "./Check";
import { DueDate } from "./DueDate";
import { inOrder } from "./order";
import { states } from "./states";

interface Props {
	tasks: Task[];
	onEdit: (id: string) => void;
}

export function TaskList({ tasks, onEdit }: Props) {
	const { workspace } = useSession();
	const today = dayOf(useNow());
	if (tasks.length === 0) return <p class="quiet">The tasks you add are listed here.</p>;

	return (
		<div class="task-lists">
			{states.map(({ state, name }) => {
				const some = inOrder(tasks.filter((task) => task.state === state));
				if (some.length === 0) return null;
				return (
					<section key={state} aria-label={name}>
						<h2 class="section-title">
							{name} <span class="count">{some.length}</span>
						</h2>
						<ul class="card rows">
							{some.map((task) => {
								const who = workspace.members.find((member) => member.id === task.assignee);
								return (
									<li key={task.id} class={state === "done" ? "row task-done" : "row"}>
										<Check task={task} />
										<button type="button" class="row-main task-title" onClick={() => onEdit(task.id)}>
											{task.title}
										</button>
										{task.due && state !== "done" && <DueDate due={task.due} today={today} />}
										{who && <Avatar name={who.name} waiting={who.state === "invited"} />}
									</li>
								);
							})}
						</ul>
					</section>
				);
			})}
		</div>
	);
}
