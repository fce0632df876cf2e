import type { Day } from "../clock/days";

export interface User {
	id: string;
	name: string;
	email: string;
	role: string;
	workspace: string;
	createdAt: number;
}

export type Access = "admin" | "member" | "guest";

/** Someone of a workspace, or invited to it. */
export interface Member {
	id: string;
	name: string;
	email: string;
	access: Access;
	state: "active" | "invited";
	since: number;
}

export interface Project {
	id: string;
	name: string;
	tint: number;
	createdAt: number;
}

export type TaskState = "todo" | "doing" | "done";

export interface Task {
	id: string;
	project: string;
	title: string;
	notes: string;
	state: TaskState;
	assignee?: string;
	due?: Day;
	createdAt: number;
	completedAt?: number;
}

export type Service = "slack" | "github" | "calendar";

/** What a service was connected to: a channel, a repository, a calendar. */
export interface Connection {
	target: string;
	since: number;
}

export type Plan = "free" | "team";

/** A company or a team: what its people share. */
export interface Workspace {
	id: string;
	name: string;
	plan: Plan;
	members: Member[];
	projects: Project[];
	tasks: Task[];
	connections: Partial<Record<Service, Connection>>;
	createdAt: number;
}

/** Everything that a server would keep. */
export interface Records {
	users: User[];
	workspaces: Workspace[];
	/** Id of the user who is signed in. */
	signedIn?: string;
}
