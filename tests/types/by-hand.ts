// Events that somebody lists by hand, with types of their own, beside those that are generated.
import { track } from "ripen";

declare module "ripen" {
	interface KnownEvents {
		order_placed: { total: number; currency: "EUR" | "CHF" };
	}
}

track("project_created");
track("order_placed", { total: 3, currency: "CHF" });
// @ts-expect-error it is misspelt
track("order_plaecd");
// @ts-expect-error it has a currency
track("order_placed", { total: 3 });
