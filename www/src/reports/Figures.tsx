import type { Task } from "../backend/model";
import { addDays, type Day, dayOf } from "../clock/days";

const WEEK = 7;

export function Figures({ tasks, today }: { tasks: Task[]; today: Day }) {
	const open = tasks.filter((task) => task.state !== "done");
	const weekAgo = addDays(today, 1 - WEEK);
	const inAWeek = addDays(today, WEEK);
	const figures = [
		{
			name: "Done in 7 days",
			value: tasks.filter((task) => task.completedAt !== undefined && dayOf(task.completedAt) >= weekAgo)
				.length,
		},
		{ name: "Open", value: open.length },
		{ name: "Due in 7 days", value: open.filter(({ due }) => due && due >= today && due < inAWeek).length },
		{ name: "Late", value: open.filter(({ due }) => due && due < today).length },
	];
	return (
		<dl class="figures">
			{figures.map(({ name, value }) => (
				<div key={name} class="card figure">
					<dt>{name}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}
