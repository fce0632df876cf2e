// What may be written with `ripen/openfeature`, and what may not.
import { OpenFeature, type Provider } from "@openfeature/web-sdk";
import * as ripen from "ripen";
import { RipenProvider } from "ripen/openfeature";

export async function intended(): Promise<Provider> {
	await OpenFeature.setProviderAndWait(
		"growth",
		new RipenProvider(ripen, { nudges: ["hint"], identify: true }),
	);
	return new RipenProvider(ripen, { playbook: { signals: {} } });
}

export function forbidden(): void {
	// @ts-expect-error a client is the module
	new RipenProvider({ writeKey: "demo" });
	// @ts-expect-error of which nudges, is to be said
	new RipenProvider(ripen, { nudges: true });
}
