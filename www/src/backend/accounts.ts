import { clock } from "../clock/clock";
import { forget, recognise, tell } from "../signals";
import { newId } from "./id";
import type { User, Workspace } from "./model";
import { read, write } from "./records";
import { sessionOf } from "./session";

export interface Application {
	name: string;
	email: string;
	role: string;
	company: string;
}

/** Creates a user with a workspace of their own, and signs them in. */
export function signUp({ name, email, role, company }: Application): void {
	const now = clock.now();
	const user: User = { id: newId("user"), name, email, role, workspace: newId("team"), createdAt: now };
	const workspace: Workspace = {
		id: user.workspace,
		name: company,
		plan: "free",
		members: [{ id: newId("member"), name, email, access: "admin", state: "active", since: now }],
		projects: [],
		tasks: [],
		connections: {},
		createdAt: now,
	};
	const records = read();
	write({
		users: [...records.users, user],
		workspaces: [...records.workspaces, workspace],
		signedIn: user.id,
	});
	recognise(user, workspace);
	tell("signed_up", { role });
}

export function hasAccount(email: string): boolean {
	return read().users.some((one) => sameAddress(one.email, email));
}

/** Signs in whoever has this address; false if nobody has. */
export function signIn(email: string): boolean {
	const records = read();
	const user = records.users.find((one) => sameAddress(one.email, email));
	if (!user) return false;
	write({ ...records, signedIn: user.id });
	const session = sessionOf(read());
	if (session) recognise(session.user, session.workspace);
	return true;
}

export function signOut(): void {
	const { users, workspaces } = read();
	write({ users, workspaces });
	forget();
}

export function updateUser(id: string, changes: Pick<User, "name" | "role">): void {
	const records = read();
	const users = records.users.map((one) => (one.id === id ? { ...one, ...changes } : one));
	const email = users.find((one) => one.id === id)?.email;
	const workspaces = records.workspaces.map((workspace) => ({
		...workspace,
		members: workspace.members.map((member) =>
			member.email === email ? { ...member, name: changes.name } : member,
		),
	}));
	write({ ...records, users, workspaces });
	const session = sessionOf(read());
	if (session) recognise(session.user, session.workspace);
}

function sameAddress(a: string, b: string): boolean {
	return a.trim().toLowerCase() === b.trim().toLowerCase();
}
