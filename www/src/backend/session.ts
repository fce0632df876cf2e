import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Records, User, Workspace } from "./model";
import { read, watch } from "./records";

/** Who is signed in, and their workspace as it is now. */
export interface Session {
	user: User;
	workspace: Workspace;
}

export const SessionContext = createContext<Session | undefined>(undefined);

/** The session; only for what is drawn inside the signed-in product. */
export function useSession(): Session {
	const session = useContext(SessionContext);
	if (!session) throw new Error("This is drawn for people who are signed in only.");
	return session;
}

export function sessionOf(records: Records): Session | undefined {
	const user = records.users.find((one) => one.id === records.signedIn);
	const workspace = records.workspaces.find((one) => one.id === user?.workspace);
	return user && workspace ? { user, workspace } : undefined;
}

export function useRecords(): Records {
	const [records, setRecords] = useState(read);
	useEffect(() => watch(() => setRecords(read())), []);
	return records;
}
