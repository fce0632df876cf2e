import { remedyOf } from "./wasm-remedy.js";

/** What warnings say to people: what happened, and what to do about it. Loaded with the first one only. */
const texts: Record<string, string> = {
	bad_consent: "This is no consent: it is `granted`, `pending` or `denied`, not",
	bad_name: "A call was dropped: it needs a name or an id, a non-empty string, before the object.",
	bad_option: "An option of `init` was left out:",
	bad_options: "Ripen has not started: `init` needs a `writeKey`.",
	bad_page: "Ripen has not started: in a worker there is no page. Tell the page, and let it call `track`.",
	bad_properties: "A call was dropped: properties and traits must be an object that JSON can say.",
	delivery_failed: "The delivery machine failed; events go by the plain sender until the next page load.",
	erased: "The site's data were erased while events waited: they are lost.",
	held_back: "Events of an earlier page load were given up: the mode of now does not let them leave.",
	init_queue_full: "A call was dropped: too many were made before `init`. Call it earlier.",
	init_twice: "`init` was called before, with other options: these are ignored. Call it once.",
	internal: "Ripen failed, and the page goes on. Please report this.",
	keeper_unavailable:
		"A part of Ripen was not loaded; it is tried again when the page is shown again. Until then nothing is evaluated, and events wait in localStorage. Is `keeper-….js` blocked, or gone with a new release?",
	listener_failed: "A listener given to Ripen threw; the others were called all the same.",
	nudge_action_failed: "A function given to `init` as one of `actions` threw, or rejected.",
	nudge_action_unknown: "An action was left out: `init` was given none of this name in `actions`.",
	nudge_anchor_gone: "A nudge was taken away: what it points at has gone.",
	nudge_anchor_missing: "A nudge, or a step of it, was not drawn: what it points at did not come.",
	nudge_failed: "A nudge could not be drawn.",
	nudge_image_refused: "A picture was left out: `init` does not allow its origin in `images`.",
	nudge_placement_unknown: "A nudge was not drawn: this version of Ripen does not know its placement.",
	nudge_share_failed: "Nothing was copied: the browser does not let pages write to the clipboard here.",
	nudge_url_refused: "An action was left out: it may open the page's own origin, https, mailto or tel only.",
	playbook_failed: "The playbook given to `init` cannot be used. `npx ripen check` says more.",
	playbook_unreadable: "A playbook was left out. Compile it with the version of Ripen that runs in the page.",
	preview_unknown: "There is no nudge of this name to preview:",
	queue_full: "Events were given up, the oldest first: too many wait. See why the collector does not answer.",
	redact_failed: "A call was dropped: `redact` threw, or did not give the event back.",
	redacted: "A call was dropped by `redact`.",
	refused: "The collector refused an event as bad: it is dropped, its neighbours are not.",
	rejected: "The collector took a batch but for this event.",
	selector_bad: "A nudge waits for an element by a selector that is none: it will never come into view.",
	snapshot_refused:
		"The collector does not believe who has signed in: check the signature, or the token, and the secret that made it.",
	snapshot_unreadable:
		"What the collector knows of the person cannot be used: it is of another version of Ripen or of the playbook.",
	storage_unavailable:
		"IndexedDB cannot be used, or not any more; `health().storage` says why. Events are kept in",
	too_large: "An event is larger than 32 KB: it is dropped. Send less in its properties.",
	unreadable: "An event in the browser's storage was damaged: it is removed, its neighbours are not.",
	wasm_unavailable: "Events are stored and sent, but not evaluated.",
};

export function textOf(code: string, detail: unknown): string {
	const remedy = code === "wasm_unavailable" ? remedyOf(`${detail}`) : "";
	return [texts[code] ?? code, remedy, `${detail}`].filter(Boolean).join(" ");
}
