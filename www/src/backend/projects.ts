import { clock } from "../clock/clock";
import { tell } from "../signals";
import { newId } from "./id";
import type { Project, Workspace } from "./model";
import { mayAddProject, plans } from "./plans";
import { revise } from "./records";

/** How many colours projects take in turn. */
const TINTS = 6;

/** Whether there is room for one more. If not, that is worth knowing. */
export function askForProject(workspace: Workspace): boolean {
	if (mayAddProject(workspace)) return true;
	tell("project_limit_reached", { limit: plans[workspace.plan].projects, plan: workspace.plan });
	return false;
}

/** Creates a project; the plan's limit has been asked about before. */
export function createProject(workspace: Workspace, name: string): Project {
	const used = workspace.projects.map((one) => one.tint);
	const free = Array.from({ length: TINTS }, (_, tint) => tint).find((tint) => !used.includes(tint));
	const project: Project = {
		id: newId("project"),
		name,
		tint: free ?? workspace.projects.length % TINTS,
		createdAt: clock.now(),
	};
	revise(workspace.id, ({ projects }) => ({ projects: [...projects, project] }));
	tell("project_created", { project: project.id, projects: workspace.projects.length + 1 });
	return project;
}

export function renameProject(workspace: Workspace, id: string, name: string): void {
	revise(workspace.id, ({ projects }) => ({
		projects: projects.map((one) => (one.id === id ? { ...one, name } : one)),
	}));
}

export function deleteProject(workspace: Workspace, id: string): void {
	revise(workspace.id, ({ projects, tasks }) => ({
		projects: projects.filter((one) => one.id !== id),
		tasks: tasks.filter((one) => one.project !== id),
	}));
}
