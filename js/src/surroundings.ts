import { Idle } from "./idle.js";
import type { Face } from "./keeper.js";
import type { Surroundings } from "./module.js";
import { isLeadOpen } from "./open-lead.js";
import type { Properties } from "./types.js";

/** The narrower side, in CSS pixels, from which on what is touched is a tablet. */
const tabletFrom = 600;

/** The language of the nudges. */
export const localeOf = ({ settings }: Face) =>
	settings.locale ?? (document.documentElement.lang || navigator.language);

/** What tabs share must not depend on what each of them has learnt of the collector's clock. */
const deviceNow = ({ clock, skew }: Face) => clock.now() - skew;

/** The session, if it still goes on. Read and not renewed: to look is no activity. */
export function sessionOf(face: Face): string | undefined {
	const [id, at] = (face.local.get("session") ?? "").split(" ");
	return id && Math.abs(deviceNow(face) - Number(at)) < Idle.Ms ? id : undefined;
}

/** How much of the session there was: `pages` more of it now. Shared by the tabs, as the session is. */
export function visit(face: Face, pages = 0): Properties {
	const { local } = face;
	const id = sessionOf(face);
	const now = deviceNow(face);
	const last = (local.get("visit") ?? "").split(" ");
	const [began = now, before = 0] = last[0] === id ? last.slice(1).map(Number) : [];
	const seen = before + pages || 1;
	if (id && (pages || last[0] !== id)) local.set("visit", `${id} ${began} ${seen}`);
	return { id, pages: seen, seconds: Math.max(0, Math.floor((now - began) / 1_000)) };
}

function device(): Properties {
	const touch = matchMedia("(pointer: coarse)").matches;
	const narrow = Math.min(screen.width, screen.height) < tabletFrom;
	return { type: touch ? (narrow ? "phone" : "tablet") : "desktop", touch };
}

/** What only a page knows. */
export function surroundingsOf(face: Face, slotTaken: boolean): Surroundings {
	const { pathname, href, search, hash } = location;
	const { title, referrer } = document;
	return {
		page: { path: pathname, url: href, title, search, hash, referrer },
		device: device(),
		locale: localeOf(face),
		session: visit(face),
		sessionId: sessionOf(face),
		anonymousId: face.ids().anonymousId,
		slotTaken,
		killed: face.local.get("killed")?.split("\n"),
		openLead: isLeadOpen(face),
		withoutConsent: !face.mayStore(),
	};
}
