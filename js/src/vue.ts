/**
 * Ripen in Vue, 3.3 and later: a plugin, and composables. It imports nothing of Ripen itself: the plugin is given it.
 *
 * @example
 * import * as client from "ripen";
 * import { ripen } from "ripen/vue";
 *
 * createApp(App).use(ripen(client, { writeKey: "demo" })).mount("#app");
 *
 * // In a component:
 * const stage = useStage("journey"); // a ref
 */

export type { Bindable } from "./bound/client.js";
export { type RipenPlugin, ripen, useRipen } from "./vue/plugin.js";
export { RipenSlot } from "./vue/slot.js";
export { useNudge, useStage, useView } from "./vue/use.js";
