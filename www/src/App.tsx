import { useEffect } from "preact/hooks";
import { SessionContext, sessionOf, useRecords } from "./backend/session";
import { pageNames } from "./routing/names";
import { useRoute } from "./routing/route";
import { Shell } from "./shell/Shell";
import { tellPage } from "./signals";
import { Welcome } from "./signup/Welcome";

export function App() {
	const route = useRoute();
	const records = useRecords();
	const session = sessionOf(records);
	const name = session ? pageNames[route.page] : route.page === "sign_in" ? "Sign in" : "Welcome";
	const path = route.page === "project" ? `projects/${route.project}` : route.page;

	// Told whenever another page is seen: by a new address, by signing in, by signing out.
	useEffect(() => {
		document.title = `${name} · Cairn`;
		tellPage(name, `/${path === "overview" ? "" : path}`);
	}, [name, path]);

	if (!session) return <Welcome returning={route.page === "sign_in"} />;
	return (
		<SessionContext.Provider value={session}>
			<Shell route={route} />
		</SessionContext.Provider>
	);
}
