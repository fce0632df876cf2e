/** The address an action may open: of the page's own origin, or https, or mailto. Otherwise undefined (C40). */
export function safeUrl(address: string, here: string): URL | undefined {
	try {
		const url = new URL(address, here);
		if (/^(https|mailto):$/.test(url.protocol)) return url;
		if (url.protocol === "http:" && url.origin === new URL(here).origin) return url;
	} catch {
		// Not an address at all.
	}
}
