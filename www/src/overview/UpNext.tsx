import { useSession } from "../backend/session";
import { dayOf } from "../clock/days";
import { useNow } from "../clock/useNow";
import { projectAddress } from "../routing/route";
import { DueDate } from "../tasks/DueDate";

const MOST = 6;

/** The open tasks with the nearest dates, across projects. */
export function UpNext() {
	const { workspace } = useSession();
	const today = dayOf(useNow());
	const next = workspace.tasks
		.filter((task) => task.state !== "done" && task.due !== undefined)
		.sort((a, b) => (a.due ?? "").localeCompare(b.due ?? ""))
		.slice(0, MOST);

	return (
		<section aria-labelledby="next-title">
			<h2 id="next-title" class="section-title">
				Up next
			</h2>
			{next.length === 0 ? (
				<p class="quiet">Tasks with a due date show up here, the nearest first.</p>
			) : (
				<ul class="card rows">
					{next.map((task) => {
						const project = workspace.projects.find((one) => one.id === task.project);
						return (
							<li key={task.id} class="row">
								<a class="row-main" href={projectAddress(task.project)}>
									<span class="cut">{task.title}</span>
									<span class="row-project quiet">
										<span class={`dot tint-${project?.tint ?? 0}`} />
										<span class="cut">{project?.name}</span>
									</span>
								</a>
								{task.due && <DueDate due={task.due} today={today} />}
							</li>
						);
					})}
				</ul>
			)}
		</section>
	);
}
