import { useEffect, useRef } from "preact/hooks";
import { useSession } from "../backend/session";
import { Integrations } from "../integrations/Integrations";
import { Overview } from "../overview/Overview";
import { Plans } from "../plans/Plans";
import { ProjectPage } from "../projects/ProjectPage";
import { Reports } from "../reports/Reports";
import type { Route } from "../routing/route";
import { Settings } from "../settings/Settings";
import { Team } from "../team/Team";
import { Sidebar } from "./Sidebar";

/** The product for who is signed in: the navigation, and one page. */
export function Shell({ route }: { route: Route }) {
	const { user } = useSession();
	const main = useRef<HTMLElement>(null);
	const address = route.page === "project" ? route.project : route.page;
	const first = useRef(true);

	// A new page starts at its top, and is where the keyboard is.
	useEffect(() => {
		if (first.current) {
			first.current = false;
			return;
		}
		scrollTo(0, 0);
		main.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
	}, [address]);

	return (
		<div class="shell">
			<button type="button" class="skip" onClick={() => main.current?.focus()}>
				Skip to content
			</button>
			<Sidebar route={route} />
			<main id="main" class="main" ref={main} tabIndex={-1} key={user.id}>
				<Page route={route} />
			</main>
		</div>
	);
}

function Page({ route }: { route: Route }) {
	switch (route.page) {
		case "project":
			return <ProjectPage key={route.project} id={route.project} />;
		case "reports":
			return <Reports />;
		case "team":
			return <Team />;
		case "integrations":
			return <Integrations />;
		case "plans":
			return <Plans />;
		case "settings":
			return <Settings />;
		default:
			return <Overview />;
	}
}
