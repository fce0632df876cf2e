// The same product with PostHog's own client.
import posthog from "posthog-js";
import { onAction, route } from "./page.mjs";

export function app() {
	posthog.capture("$pageview", { page: "Home" });
	onAction("create", (count) => posthog.capture("project_created", { projects: count }));
	onAction("sign-in", () => {
		posthog.identify("ada", { plan: "free", role: "lead" });
		posthog.group("company", "acme", { seats: 3 });
	});
	onAction("export", () => posthog.capture("report_exported", { rows: 120, format: "csv" }));
	onAction("reports", () => {
		route("/reports");
		posthog.capture("$pageview", { page: "Reports" });
	});
	onAction("sign-out", () => {
		posthog.capture("signed_out");
		posthog.reset();
	});
}
