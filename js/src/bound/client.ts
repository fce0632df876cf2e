import type { Client } from "../client.js";
import type { Options } from "../types.js";

/** What a binding is given: the package as a module, whichever of its entries, or what `ripen/testing` makes. */
export type Bindable = Omit<Client, "init"> & {
	/** As a method, since `ripen/slim` wants one option more. */
	init(options: Options): void;
};
