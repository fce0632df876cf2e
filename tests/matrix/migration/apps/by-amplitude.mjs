// The same product with Amplitude's own client.
import * as amplitude from "@amplitude/analytics-browser";
import { onAction, route } from "./page.mjs";

export function app() {
	const seen = (name) => amplitude.track("Page Viewed", { name });
	seen("Home");
	onAction("create", (count) => amplitude.track("project_created", { projects: count }));
	onAction("sign-in", () => {
		amplitude.setUserId("ada");
		amplitude.identify(new amplitude.Identify().set("plan", "free").set("role", "lead"));
		amplitude.setGroup("company", "acme");
		amplitude.groupIdentify("company", "acme", new amplitude.Identify().set("seats", 3));
	});
	onAction("export", () => amplitude.track("report_exported", { rows: 120, format: "csv" }));
	onAction("reports", () => {
		route("/reports");
		seen("Reports");
	});
	onAction("sign-out", () => {
		amplitude.track("signed_out");
		amplitude.reset();
	});
}
