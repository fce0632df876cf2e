"use client";

/**
 * Ripen in React, 18 and later: a provider, and hooks that render anew only when what they select has changed. It imports
 * nothing of Ripen itself: the provider is given it.
 *
 * @example
 * import * as ripen from "ripen";
 * import { RipenProvider, useStage } from "ripen/react";
 *
 * function Journey() {
 *   return <p>You are {useStage("journey") ?? "new here"}.</p>;
 * }
 *
 * export const App = () => (
 *   <RipenProvider client={ripen} options={{ writeKey: "demo" }}>
 *     <Journey />
 *   </RipenProvider>
 * );
 */

export type { Bindable } from "./bound/client.js";
export { RipenProvider, type RipenProviderProps, useRipen } from "./react/provider.js";
export { RipenSlot, type RipenSlotProps } from "./react/slot.js";
export { useNudge } from "./react/use-nudge.js";
export { useStage, useView } from "./react/use-view.js";
