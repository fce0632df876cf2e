// A small product that calls analytics.js. Whose `analytics` it is, is not its affair.
import { onAction, route } from "./page.mjs";

export function app(analytics) {
	analytics.page("Home");
	onAction("create", (count) => analytics.track("project_created", { projects: count }));
	onAction("sign-in", () => {
		analytics.identify("ada", { plan: "free", role: "lead" });
		analytics.group("acme", { seats: 3 });
	});
	onAction("export", () => analytics.track("report_exported", { rows: 120, format: "csv" }));
	onAction("reports", () => {
		route("/reports");
		analytics.page("Reports");
	});
	onAction("sign-out", () => {
		analytics.track("signed_out");
		analytics.reset();
	});
}
