import { health, init, reset, track } from "/ripen/index.js";

export const element = "ripen-nudge";

export const start = (endpoint) => init({ writeKey: "bench", host: endpoint, playbook: "/playbook.ripen" });

export const isReady = () => health().engine === "ready";

/** The engine decides. */
export const show = () => track("nudge_due");

/** What nobody has seen, the next person may see. */
export const hide = () => reset();
