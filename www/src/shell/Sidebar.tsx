import { useEffect, useState } from "preact/hooks";
import { plans } from "../backend/plans";
import { useSession } from "../backend/session";
import { projectAddress, type Route } from "../routing/route";
import { Avatar } from "../ui/Avatar";
import { Icon, type IconName } from "../ui/Icon";
import { Mark } from "./Mark";

const links: { page: Route["page"]; name: string; address: string; icon: IconName }[] = [
	{ page: "overview", name: "Overview", address: "#/", icon: "overview" },
	{ page: "reports", name: "Reports", address: "#/reports", icon: "reports" },
	{ page: "team", name: "Team", address: "#/team", icon: "team" },
	{ page: "integrations", name: "Integrations", address: "#/integrations", icon: "integrations" },
	{ page: "plans", name: "Plans", address: "#/plans", icon: "plans" },
	{ page: "settings", name: "Settings", address: "#/settings", icon: "settings" },
];

export function Sidebar({ route }: { route: Route }) {
	const { user, workspace } = useSession();
	const [open, setOpen] = useState(false);
	const here = route.page === "project" ? route.project : route.page;
	// On a small screen the menu has done its work once a page is chosen.
	useEffect(() => setOpen(false), [here]);

	return (
		<div class="sidebar" data-open={open}>
			<div class="sidebar-head">
				<a class="brand" href="#/">
					<Mark /> Cairn
				</a>
				<button
					type="button"
					class="icon-button sidebar-toggle"
					aria-label="Menu"
					aria-expanded={open}
					aria-controls="navigation"
					onClick={() => setOpen(!open)}
				>
					<Icon name={open ? "close" : "menu"} />
				</button>
			</div>
			<nav id="navigation" class="navigation" aria-label="Main">
				<p class="workspace">
					<span class="workspace-name">{workspace.name}</span>
					<span class="tag">{plans[workspace.plan].name}</span>
				</p>
				<ul>
					{links.map(({ page, name, address, icon }) => (
						<li key={page}>
							<a href={address} aria-current={route.page === page ? "page" : undefined}>
								<Icon name={icon} /> {name}
							</a>
						</li>
					))}
				</ul>
				{workspace.projects.length > 0 && (
					<>
						<h2 class="navigation-group">Projects</h2>
						<ul>
							{workspace.projects.map((project) => (
								<li key={project.id}>
									<a
										href={projectAddress(project.id)}
										aria-current={here === project.id ? "page" : undefined}
									>
										<span class={`dot tint-${project.tint}`} /> <span class="cut">{project.name}</span>
									</a>
								</li>
							))}
						</ul>
					</>
				)}
				<a class="me" href="#/settings">
					<Avatar name={user.name} />
					<span class="me-words">
						<span class="cut">{user.name}</span>
						<span class="cut quiet">{user.email}</span>
					</span>
				</a>
			</nav>
		</div>
	);
}
