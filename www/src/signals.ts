/**
 * All that the product says to Ripen, and hears from it. The panel is not part of the product: it listens by itself.
 */
import { group, identify, init, on, page, reset, track } from "ripen";
import type { User, Workspace } from "./backend/model";
import { clock } from "./clock/clock";

/** The events that `playbook.json` is written about. They carry ids and numbers, never what people wrote. */
interface ProductEvents {
	signed_up: { role: string };
	project_created: { project: string; projects: number };
	project_opened: { project: string };
	project_limit_reached: { limit: number | null; plan: string };
	task_created: { project: string; assigned: boolean; has_due_date: boolean };
	task_completed: { project: string; late: boolean };
	teammate_invited: { access: string; seats: number };
	report_exported: { format: "csv"; rows: number };
	integration_connected: { integration: string };
}

export function startSignals(): void {
	init({
		writeKey: "demo",
		// The playbook travels with the product, so that help is there where no collector runs.
		playbook: new URL("playbook.ripen", document.baseURI),
		clock,
	});
}

export function tell<Name extends keyof ProductEvents>(name: Name, properties: ProductEvents[Name]): void {
	track(name, properties);
}

export function tellPage(name: string, path: string): void {
	page(name, { path });
}

/** Says who is here: at sign-up, at sign-in, and at each load. */
export function recognise(user: User, workspace: Workspace): void {
	identify(user.id, {
		name: user.name,
		email: user.email,
		role: user.role,
		createdAt: new Date(user.createdAt).toISOString(),
	});
	describeAccount(workspace);
}

export function describeAccount(workspace: Workspace): void {
	group(workspace.id, {
		name: workspace.name,
		plan: workspace.plan,
		seats: workspace.members.length,
	});
}

/** The person has left: what comes next is someone else's. */
export function forget(): void {
	reset();
}

/** Calls `act` when the hint's action was taken. Returns what ends that. */
export function onHintFollowed(act: () => void): () => void {
	return on("event", (message) => {
		if (message.type === "track" && message.event === "hint_followed") act();
	});
}
