import type { Route } from "./route";

/** What a page is called: in the title of the window, and to Ripen. */
export const pageNames: Record<Route["page"], string> = {
	overview: "Overview",
	project: "Project",
	reports: "Reports",
	team: "Team",
	integrations: "Integrations",
	plans: "Plans",
	settings: "Settings",
	sign_in: "Sign in",
};
