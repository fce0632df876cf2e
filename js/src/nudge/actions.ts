import type { Json, Properties } from "../types.js";
import { button, element } from "./element.js";
import type { Frame } from "./frame.js";
import { wishOf } from "./lead.js";
import { listOf, own } from "./own.js";
import { linkTo, safeUrl } from "./safe-url.js";
import { copy, mailOf } from "./share.js";
import { drawTalk } from "./talk.js";

/** A link, or a button; what is done by it, and what becomes of the nudge then. */
interface Deed {
	url?: URL | undefined;
	/** What it needs is not there: it is left out. */
	lacks?: string;
	/** Resolves to whether the nudge is answered by it. */
	press?: ((pressed: HTMLElement) => unknown) | undefined;
}

/** So long a checkout waits for what was recorded to be sent. */
const longestFlushMs = 3_000;

/** It leads to an address. */
function opens(address: Json, press?: () => void): Deed {
	const url = safeUrl(address);
	return url ? { url, press } : { lacks: "nudge_url_refused" };
}

/** It does its work, and the nudge stays. */
const stays = (work: () => void): Deed => ({
	press() {
		work();
		return false;
	},
});

const isTrue = (action: Json, name: string) => own(action, name) === true;

function hostAction(frame: Frame, id: string, name: Json | undefined, isFlushed: boolean): Deed {
	const { nudge, page, settle } = frame;
	const work = page.action(name);
	if (!work) return { lacks: "nudge_action_unknown" };
	return {
		async press() {
			settle("acted", { action: id });
			if (isFlushed)
				// The host is about to leave the page.
				await Promise.race([
					page.flush(),
					new Promise<void>((late) => page.clock.wakeAt(page.clock.now() + longestFlushMs, late)),
				]);
			try {
				await work({ nudge: nudge.id, variant: nudge.variant, action: id, view: page.view() });
			} catch (error) {
				page.warn("nudge_action_failed", `${nudge.id}: ${String(name)}: ${error}`);
			}
		},
	};
}

function talk(frame: Frame, id: string): Deed {
	const { nudge, page } = frame;
	const [schedule, call] = ["schedule", "call"].map((name) => own(nudge.form, name));
	const asked = () => page.track("$lead_submitted", wishOf(frame));
	if (schedule !== undefined) return opens(schedule, asked);
	if (call !== undefined) {
		const deed = hostAction(frame, id, call, false);
		const { press } = deed;
		if (!press) return deed;
		return {
			press(pressed) {
				asked();
				return press(pressed);
			},
		};
	}
	return stays(() => drawTalk(frame));
}

function deedOf(frame: Frame, action: Json, id: string): Deed {
	const [open, call, checkout, share] = ["open", "call", "checkout", "share"].map((name) =>
		own(action, name),
	);
	if (open !== undefined) return opens(open);
	if (call !== undefined) return hostAction(frame, id, call, false);
	if (checkout !== undefined) return hostAction(frame, id, checkout, true);
	if (isTrue(action, "talk")) return talk(frame, id);
	if (share === "mail") return { url: mailOf(frame.wording) };
	if (share !== undefined) return { press: (pressed) => copy(frame, id, pressed) };
	const by = isTrue(action, "next") ? 1 : isTrue(action, "back") ? -1 : 0;
	return by ? stays(() => frame.goBy?.(by)) : {};
}

/** The buttons of a nudge; those that open something are links. Where something `isSent`, that is what is meant first. */
export function actionsOf(frame: Frame, isSent?: boolean): HTMLElement[] {
	const { nudge, wording, page, end } = frame;
	const made: HTMLElement[] = [];
	for (const action of listOf(nudge.actions)) {
		const id = String(own(action, "id"));
		const { url, lacks, press } = deedOf(frame, action, id);
		if (lacks) {
			page.warn(lacks, `${nudge.id}: ${id}`);
			continue;
		}
		const outcome = isTrue(action, "snooze") ? "snoozed" : isTrue(action, "dismiss") ? "dismissed" : "acted";
		const pressed = async () => {
			// Twice pressed is once meant.
			if (frame.busy.has(id)) return;
			frame.busy.add(id);
			const [track, apply] = ["track", "apply"].map((name) => own(action, name));
			if (typeof track === "string") page.track(track, { nudge: nudge.id });
			if (typeof apply === "object" && apply) page.apply(apply as Properties);
			// A link is followed at once, and may end its moment.
			if (!press || (await press(shown)) !== false) end(outcome, { action: id });
			frame.busy.delete(id);
		};
		const name = wording.label("actions", id);
		const shape = isSent || made.length ? { part: "action" } : { class: "primary", part: "action primary" };
		let shown: HTMLElement;
		if (url) {
			shown = element("a", { ...shape, ...linkTo(url) }, name);
			shown.addEventListener("click", pressed);
		} else shown = button(shape.part, name, pressed, shape);
		made.push(shown);
	}
	return made;
}
