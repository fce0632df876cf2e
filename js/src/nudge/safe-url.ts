import type { Json } from "../types.js";

/** The address an action may open: of the page's own origin, or https, mailto, tel. Otherwise undefined (C40). */
export function safeUrl(address: Json | undefined, here = location.href): URL | undefined {
	try {
		if (typeof address !== "string") return;
		const url = new URL(address, here);
		if (/^(https|mailto|tel):$/.test(url.protocol)) return url;
		if (url.protocol === "http:" && url.origin === new URL(here).origin) return url;
	} catch {
		// Not an address at all.
	}
}

/** The attributes of a link: another site gets a page of its own, which knows nothing of this one. */
export function linkTo({ href, origin, protocol }: URL) {
	const isAway = protocol === "https:" && origin !== location.origin;
	return isAway ? { href, target: "_blank", rel: "noopener noreferrer" } : { href };
}
