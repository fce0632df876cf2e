import type { Project } from "../backend/model";
import { useSession } from "../backend/session";
import { dayOf } from "../clock/days";
import { useNow } from "../clock/useNow";
import { projectAddress } from "../routing/route";
import { Progress } from "../ui/Progress";

export function ProjectCard({ project }: { project: Project }) {
	const { workspace } = useSession();
	const today = dayOf(useNow());
	const tasks = workspace.tasks.filter((task) => task.project === project.id);
	const done = tasks.filter((task) => task.state === "done").length;
	const late = tasks.filter((task) => task.state !== "done" && task.due && task.due < today).length;

	return (
		<a class="card project-card" href={projectAddress(project.id)}>
			<span class="project-name">
				<span class={`dot tint-${project.tint}`} /> <span class="cut">{project.name}</span>
			</span>
			<Progress done={done} all={tasks.length} label={`Progress of ${project.name}`} />
			<span class="project-facts quiet">
				<span>{tasks.length === 0 ? "No tasks yet" : `${done} of ${tasks.length} done`}</span>
				{late > 0 && <span class="late">{late} late</span>}
			</span>
		</a>
	);
}
