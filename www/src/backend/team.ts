import { clock } from "../clock/clock";
import { tell } from "../signals";
import { newId } from "./id";
import type { Access, Member, Workspace } from "./model";
import { tellAccount } from "./plans";
import { revise } from "./records";

/** Invites by e-mail; the invited person can be given tasks at once. */
export function invite(workspace: Workspace, email: string, access: Access): void {
	const member: Member = {
		id: newId("member"),
		name: nameFrom(email),
		email,
		access,
		state: "invited",
		since: clock.now(),
	};
	revise(workspace.id, ({ members }) => ({ members: [...members, member] }));
	tell("teammate_invited", { access, seats: workspace.members.length + 1 });
	tellAccount(workspace.id);
}

export function removeMember(workspace: Workspace, id: string): void {
	revise(workspace.id, ({ members, tasks }) => ({
		members: members.filter((one) => one.id !== id),
		tasks: tasks.map((task) => {
			if (task.assignee !== id) return task;
			const { assignee: _, ...rest } = task;
			return rest;
		}),
	}));
	tellAccount(workspace.id);
}

/** `mara.lind@example.com` → `Mara Lind`, until she says otherwise. */
function nameFrom(email: string): string {
	const words = (email.split("@")[0] ?? email).split(/[._+-]+/).filter(Boolean);
	return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
