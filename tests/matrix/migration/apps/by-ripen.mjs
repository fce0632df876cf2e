// The same product as docs/migrate says that it is afterwards.
import * as ripen from "ripen";
import { onAction, route } from "./page.mjs";

export function app() {
	ripen.page("Home");
	onAction("create", (count) => ripen.track("project_created", { projects: count }));
	onAction("sign-in", () => {
		ripen.identify("ada", { plan: "free", role: "lead" });
		ripen.group("acme", { seats: 3 });
	});
	onAction("export", () => ripen.track("report_exported", { rows: 120, format: "csv" }));
	onAction("reports", () => {
		route("/reports");
		ripen.page("Reports");
	});
	onAction("sign-out", () => {
		ripen.track("signed_out");
		ripen.reset();
	});
}
