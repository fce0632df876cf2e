import { useSession } from "../backend/session";
import { useNow } from "../clock/useNow";
import { NewProject, useNewProject } from "../projects/NewProject";
import { ProjectCard } from "../projects/ProjectCard";
import { Empty } from "../ui/Empty";
import { Icon } from "../ui/Icon";
import { PageHead } from "../ui/PageHead";
import { UpNext } from "./UpNext";

export function Overview() {
	const { user, workspace } = useSession();
	const now = useNow();
	const creation = useNewProject();
	const firstName = user.name.split(" ")[0];
	const open = workspace.tasks.filter((task) => task.state !== "done").length;

	return (
		<>
			<PageHead
				title={`${greeting(now)}, ${firstName}`}
				lead={open > 0 ? `${open} open ${open === 1 ? "task" : "tasks"} in ${workspace.name}.` : undefined}
			>
				{workspace.projects.length > 0 && (
					<button type="button" class="button button-main" onClick={creation.begin}>
						<Icon name="plus" /> New project
					</button>
				)}
			</PageHead>
			<NewProject creation={creation} />
			{workspace.projects.length === 0 ? (
				<Empty title="No projects yet">
					<p>A project is anything with an end in sight: a launch, a move, a report. Start with one.</p>
					<button type="button" class="button button-main" onClick={creation.begin}>
						<Icon name="plus" /> New project
					</button>
				</Empty>
			) : (
				<>
					<section aria-labelledby="projects-title">
						<h2 id="projects-title" class="section-title">
							Projects
						</h2>
						<ul class="project-grid">
							{workspace.projects.map((project) => (
								<li key={project.id}>
									<ProjectCard project={project} />
								</li>
							))}
						</ul>
					</section>
					<UpNext />
				</>
			)}
		</>
	);
}

function greeting(now: number): string {
	const hour = new Date(now).getHours();
	if (hour < 5 || hour >= 18) return "Good evening";
	return hour < 12 ? "Good morning" : "Good afternoon";
}
