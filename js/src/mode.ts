import type { Draft } from "./message.js";
import type { Mode, Options } from "./types.js";

/** What leaves the browser: what the host wants, or nothing where the person's browser asks for that (C42). */
export const modeOf = ({ mode = "events", respectGpc }: Options): Mode =>
	respectGpc !== false && (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
		? "off"
		: mode;

/** Whether a call's event leaves the browser. Of Ripen's own, those that a playbook names are the host's all the same. */
export const travelsIn = (mode: Mode, { own, event }: Pick<Draft, "own" | "event">): boolean =>
	mode === "events" || (!!own && (event === "$lead_submitted" || (mode === "signals" && event?.[0] === "$")));
