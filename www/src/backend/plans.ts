import { describeAccount } from "../signals";
import type { Plan, Workspace } from "./model";
import { read, revise } from "./records";

/** What a plan holds, and costs in euros a person and month. */
export const plans: Record<Plan, { name: string; projects: number | null; price: number }> = {
	free: { name: "Free", projects: 3, price: 0 },
	team: { name: "Team", projects: null, price: 6 },
};

export function mayAddProject(workspace: Workspace): boolean {
	const limit = plans[workspace.plan].projects;
	return limit === null || workspace.projects.length < limit;
}

/** Whether what is there would fit into a plan. */
export function fits(workspace: Workspace, plan: Plan): boolean {
	const limit = plans[plan].projects;
	return limit === null || workspace.projects.length <= limit;
}

export function changePlan(workspace: Workspace, plan: Plan): void {
	revise(workspace.id, () => ({ plan }));
	tellAccount(workspace.id);
}

/** Tells Ripen what the account has become. */
export function tellAccount(id: string): void {
	const workspace = read().workspaces.find((one) => one.id === id);
	if (workspace) describeAccount(workspace);
}
