import { useState } from "preact/hooks";
import type { Project } from "../backend/model";
import { useSession } from "../backend/session";
import { dayOf } from "../clock/days";
import { useNow } from "../clock/useNow";
import { Empty } from "../ui/Empty";
import { Icon } from "../ui/Icon";
import { PageHead } from "../ui/PageHead";
import { Progress } from "../ui/Progress";
import { exportReport } from "./export";
import { Figures } from "./Figures";

export function Reports() {
	const { workspace } = useSession();
	const today = dayOf(useNow());
	const [exported, setExported] = useState<string | undefined>();
	const { projects, tasks } = workspace;

	return (
		<>
			<PageHead title="Reports" lead="How far the projects have come, as of today.">
				<button
					type="button"
					id="export-report"
					class="button button-main"
					disabled={tasks.length === 0}
					onClick={() => setExported(exportReport(workspace))}
				>
					<Icon name="download" /> Export CSV
				</button>
			</PageHead>
			<p class="export-note note" role="status">
				{exported ? `${exported} is in your downloads: one line a task.` : ""}
			</p>
			{tasks.length === 0 ? (
				<Empty title="Nothing to report yet">
					<p>As soon as a project has tasks, this page counts them, and you can take the numbers with you.</p>
					<a class="button" href="#/">
						Go to the overview
					</a>
				</Empty>
			) : (
				<>
					<Figures tasks={tasks} today={today} />
					<section aria-labelledby="by-project-title">
						<h2 id="by-project-title" class="section-title">
							By project
						</h2>
						<div class="card table-card">
							<table>
								<thead>
									<tr>
										<th scope="col">Project</th>
										<th scope="col">Progress</th>
										<th scope="col" class="number">
											Open
										</th>
										<th scope="col" class="number">
											Late
										</th>
										<th scope="col" class="number">
											Done
										</th>
									</tr>
								</thead>
								<tbody>{projects.map((project) => row(project))}</tbody>
							</table>
						</div>
					</section>
					<ripen-slot class="reports-slot" name="reports" />
				</>
			)}
		</>
	);

	function row(project: Project) {
		const mine = tasks.filter((task) => task.project === project.id);
		const done = mine.filter((task) => task.state === "done").length;
		const late = mine.filter((task) => task.state !== "done" && task.due && task.due < today).length;
		return (
			<tr key={project.id}>
				<th scope="row">
					<span class="project-name">
						<span class={`dot tint-${project.tint}`} /> <span class="cut">{project.name}</span>
					</span>
				</th>
				<td>
					<Progress done={done} all={mine.length} label={`Progress of ${project.name}`} />
				</td>
				<td class="number">{mine.length - done}</td>
				<td class={late > 0 ? "number late" : "number"}>{late}</td>
				<td class="number">{done}</td>
			</tr>
		);
	}
}
