/**
 * Ripen as a provider of OpenFeature in browsers: stages, segments, moments, signals, scores and nudges as flags. They are
 * answered from memory, so that evaluating costs nothing and waits for nothing.
 *
 * @example
 * import { OpenFeature } from "@openfeature/web-sdk";
 * import * as ripen from "ripen";
 * import { RipenProvider } from "ripen/openfeature";
 *
 * ripen.init({ writeKey: "demo" });
 * await OpenFeature.setProviderAndWait(new RipenProvider(ripen));
 * OpenFeature.getClient().getStringValue("stages.journey", "new");
 */

export type { Bindable } from "./bound/client.js";
export { RipenProvider, type RipenProviderOptions } from "./openfeature/provider.js";
